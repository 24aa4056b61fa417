-- castnet convert [--key NAME] IN OUT: weights from PyTorch's .pth to safetensors, or back; what IN is, its bytes say.
local dtypes = require "convert.dtypes"
local fail = require "convert.fail"
local input = require "convert.input"
local output = require "convert.output"
local pickle_writer = require "convert.pickle_writer"
local pth_reader = require "convert.pth_reader"
local safetensors = require "convert.safetensors"
local state_dict = require "convert.state_dict"
local tensors = require "convert.tensors"
local values = require "convert.values"
local zip_writer = require "convert.zip_writer"

local convert = {}

local most_named = 4 -- tensors left out, in a message

-- Gives a line about tensors that did not come along.
local function describe_left(left)
  local shown = {}
  for i = 1, math.min(#left, most_named) do shown[i] = fail.printable(left[i]) end
  return string.format("left out %d tensors that safetensors has no form for: %s%s", #left, table.concat(shown, ", "),
    #left > most_named and ", ..." or "")
end

-- .pth -> safetensors: floats become float32, all else stays. Gives lines about what was not taken.
local function to_safetensors(file, out, key)
  local value, locate = pth_reader.read(file)
  local dict, note = state_dict.find(value, key)
  local list, left = tensors.list(dict, locate, file.size)
  if #list == 0 then fail.because("save model.state_dict()", "holds no tensors that safetensors has a form for") end
  for _, tensor in ipairs(list) do
    local from, to = tensor.dtype, dtypes.by_name[tensor.dtype.becomes]
    local source = setmetatable({ dtype = from }, { __index = tensor })
    tensor.dtype = to
    tensor.pieces = function()
      local piece = values.pieces(file, source)
      return function()
        local text = piece()
        return text and dtypes.convert(text, from, to)
      end
    end
  end
  safetensors.write(out, list)
  local notes = { note }
  if #left > 0 then notes[#notes + 1] = describe_left(left) end
  return notes
end

-- safetensors -> .pth: every type stays. The names of the entries are torch.save's.
local function to_pth(file, out, key)
  if key then fail.because("leave --key away", "a safetensors file has all tensors in one place") end
  local list = safetensors.read(file)
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
  return {}
end

local function ends_with(path, endings)
  for _, ending in ipairs(endings) do
    if path:sub(-#ending) == ending then return true end
  end
  return false
end

-- What turns the file into what, or an error.
local function direction(file)
  if pth_reader.format(file) then return to_safetensors, { ".safetensors" } end
  if safetensors.is(file) then return to_pth, { ".pth", ".pt", ".bin" } end
  fail.because("give a file made by torch.save or a .safetensors file",
    "neither a PyTorch file nor a safetensors file, or cut short")
end

local function run(from, to, key)
  local file <close> = setmetatable({ input = input.open(from) }, { __close = function(held) held.input:close() end })
  local action, endings = direction(file.input)
  if not ends_with(to, endings) then
    fail.because("end it in " .. endings[1], "it becomes a %s file, and OUT is %s", endings[1], to)
  end
  local out = output.open(to)
  local ok, result = pcall(action, file.input, out, key)
  if not ok then
    out:abandon()
    error(result, 0)
  end
  out:commit()
  return result
end

-- Converts, or raises one line. `key` is the path of the dict of weights in a checkpoint, or nil. Gives a list of lines
-- about what of the file was not taken.
function convert.run(from, to, key)
  local ok, problem = pcall(run, from, to, key)
  if ok then return problem end
  local text, path = fail.text(problem)
  if not text and tostring(problem):find("not enough memory", 1, true) then text = "not enough memory; raise the limit" end
  error(text and string.format("castnet: %s: %s", path or from, text) or problem, 0)
end

-- The command; `arguments` are those after `convert`.
function convert.main(argparse, arguments)
  local parser = argparse("castnet convert", "Converts weights between PyTorch and safetensors.")
    :epilog("Of a .pth it reads tensors and nothing else; nothing in it is run. Floats become float32.")
  parser:argument("input", "A .pth file (a state_dict, or a checkpoint with one in it) or a .safetensors file.")
    :argname("IN")
  parser:argument("output", "The other: ends in .safetensors or .pth."):argname("OUT")
  parser:option("--key", "Where in a checkpoint the weights are, such as net or ema, if it has several dicts of tensors.")
    :argname("NAME")
  local options = parser:parse(arguments)
  for _, note in ipairs(convert.run(options.input, options.output, options.key)) do
    io.stderr:write("castnet: ", options.input, ": ", note, "\n")
  end
end

return convert
