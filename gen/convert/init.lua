-- castnet convert [--key NAME] [--for SPEC [--whole]] IN OUT: weights from PyTorch's .pth to safetensors, or back; what IN is, its
-- bytes say.
local compiler = require "compiler"
local fail = require "convert.fail"
local floats = require "convert.floats"
local input = require "convert.input"
local output = require "convert.output"
local pickle_writer = require "convert.pickle_writer"
local prefixes = require "convert.prefixes"
local pth_reader = require "convert.pth_reader"
local safetensors = require "convert.safetensors"
local state_dict = require "convert.state_dict"
local tensors = require "convert.tensors"
local zip_writer = require "convert.zip_writer"

local convert = {}

local seldom = 400   -- a collection begins where the heap has grown to so many per cent: what lives here is small, or all of it
local most_named = 4 -- tensors left out, in a message

-- Gives a line about tensors that did not come along.
local function describe_left(left)
  local shown = {}
  for i = 1, math.min(#left, most_named) do shown[i] = fail.printable(left[i]) end
  return string.format("left out %d tensors that safetensors has no form for: %s%s", #left, table.concat(shown, ", "),
    #left > most_named and ", ..." or "")
end

-- The list under the names of a network, if one is given; and lines about that.
local function named_for(list, network)
  if not network then return list, {} end
  local named, note = prefixes.strip(list, network)
  return named, { note }
end

-- Writes a list as safetensors, floats as float32, all else as it is. Gives lines about that.
local function write_floats(file, out, list, network, whole)
  local named, notes = named_for(list, network)
  floats.of(file, named)
  if whole then floats.check(named, whole) end
  safetensors.write(out, named)
  return notes
end

-- .pth -> safetensors. Gives lines about what was not taken.
local function to_safetensors(file, out, key, network, whole)
  local value, locate = pth_reader.read(file)
  local dict, note = state_dict.find(value, key)
  local list, left = tensors.list(dict, locate, file.size)
  if #list == 0 then fail.because("save model.state_dict()", "holds no tensors that safetensors has a form for") end
  local notes = write_floats(file, out, list, network, whole)
  notes[#notes + 1] = note
  if #left > 0 then notes[#notes + 1] = describe_left(left) end
  return notes
end

-- safetensors -> .pth: every type stays. The names of the entries are torch.save's.
local function to_pth(file, out, _, network)
  local list, notes = named_for(safetensors.read(file), network)
  local zip = zip_writer.new(out)
  zip:add_text("archive/data.pkl", pickle_writer.state_dict(list))
  zip:add_text("archive/byteorder", "little")
  for i, tensor in ipairs(list) do
    zip:add("archive/data/" .. i - 1, tensor.bytes, function()
      return file:pieces(tensor.first, tensor.bytes, tensor.name)
    end)
  end
  zip:add_text("archive/version", "3\n")
  zip:finish()
  return notes
end

-- safetensors under the names of a network.
local function rename(file, out, _, network, whole)
  return write_floats(file, out, safetensors.read(file), network, whole)
end

local function ends_with(path, endings)
  for _, ending in ipairs(endings) do
    if path:sub(-#ending) == ending then return true end
  end
  return false
end

-- What turns the file into what, or an error.
local function direction(file, to, key, network)
  if pth_reader.format(file) then return to_safetensors, { ".safetensors" } end
  if safetensors.is(file) then
    if key then fail.because("leave --key away", "a safetensors file has all tensors in one place") end
    if network and ends_with(to, { ".safetensors" }) then return rename, { ".safetensors" } end
    return to_pth, { ".pth", ".pt", ".bin" }
  end
  fail.because("give a file made by torch.save or a .safetensors file",
    "neither a PyTorch file nor a safetensors file, or cut short")
end

local function run(from, to, key, network, whole)
  local file <close> = setmetatable({ input = input.open(from) }, { __close = function(held) held.input:close() end })
  local action, endings = direction(file.input, to, key, network)
  if not ends_with(to, endings) then
    fail.because("end it in " .. endings[1], "it becomes a %s file, and OUT is %s", endings[1], to)
  end
  local out = output.open(to)
  local ok, result = pcall(action, file.input, out, key, network, whole)
  if not ok then
    out:abandon()
    error(result, 0)
  end
  out:commit()
  return result
end

-- Converts, or raises one line. `key` is the path of the dict of weights in a checkpoint, or nil; network: names of a
-- network's tensors -> true, or nil, which leaves names as they are; whole: its parameters (graph.lua), where the file must have all
-- of them and no others. Gives a list of lines about what of the file was not taken.
function convert.run(from, to, key, network, whole)
  local ok, problem = pcall(run, from, to, key, network, whole)
  if ok then return problem end
  local text, path = fail.text(problem)
  if not text and tostring(problem):find("not enough memory", 1, true) then text = "not enough memory; raise the limit" end
  error(text and string.format("castnet: %s: %s", path or from, text) or problem, 0)
end

-- Names of a network's tensors, as a set.
local function names_of(parameters)
  local set = {}
  for _, entry in ipairs(parameters) do set[entry.name] = true end
  return set
end

-- The command; `arguments` are those after `convert`. spec_is(path) is told which spec messages are about.
function convert.main(argparse, arguments, spec_is)
  local parser = argparse("castnet convert", "Converts weights between PyTorch and safetensors.")
    :epilog("Of a .pth it reads tensors and nothing else; nothing in it is run. In a .safetensors floats become float32.")
  parser:argument("input", "A .pth file (a state_dict, or a checkpoint with one in it) or a .safetensors file.")
    :argname("IN")
  parser:argument("output", "The other, or with --for the same: ends in .safetensors or .pth."):argname("OUT")
  parser:option("--key", "Where in a checkpoint the weights are, such as net or ema, if it has several dicts of tensors.")
    :argname("NAME")
  parser:option("--for", "Write names as the network of a spec has them: prefixes that wrappers of PyTorch put before"
    .. " them, such as module., are taken off if more names are then the network's."):argname("SPEC"):target("spec")
  parser:flag("--whole", "With --for: refuse a file that lacks floats of the network, or has others.")
  local options = parser:parse(arguments)
  if options.spec then spec_is(options.spec) end
  local parameters = options.spec and compiler.network(options.spec).parameters
  collectgarbage("incremental", seldom)
  local notes = convert.run(options.input, options.output, options.key, parameters and names_of(parameters), options.whole and parameters)
  for _, note in ipairs(notes) do
    io.stderr:write("castnet: ", options.input, ": ", note, "\n")
  end
end

return convert
