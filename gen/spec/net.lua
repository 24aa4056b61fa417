-- The words of a spec, net.*, as functions: each sees to its arguments and hands them to the recorder, or makes what the
-- model is given. Which words there are, and what they accept, stands in words.lua.
local blocks = require "spec.blocks"
local model = require "spec.model"
local nearest = require "nearest"
local new_things = require "spec.things"
local options = require "options"
local recorder = require "spec.recorder"
local sandbox = require "sandbox"
local words = require "words"

local fail, show, label = sandbox.fail, sandbox.show, recorder.label

local most_inputs = 100  -- of one op: its C function has an argument for each, and C promises 127

local function refuse_rest(where, count, ...)
  if select("#", ...) > 0 then
    fail("%s: takes %d argument%s, %s is one too many", where, count, count == 1 and "" or "s", show((...)))
  end
end

-- What a function of the spec returns, which must be one value. The hook has its line still.
local function only_one(where, which, result, ...)
  local more = select("#", ...)
  if more > 0 then
    fail("%s returns %d values; it must return one, %s", where, more + 1, which)
  end
  return result
end

-- Where the last argument that is not nil stands.
local function last(arguments)
  local n = arguments.n
  while n > 0 and arguments[n] == nil do n = n - 1 end
  return n
end

local function takes_nothing(body)
  local takes = debug.getinfo(body, "u")
  return takes.nparams == 0 and not takes.isvararg
end

-- What the words of one spec share: `source` as model.record takes it, wrap and made as things.lua has them, and
--   recording  the recorder of the model whose forward runs, else nil
--   owners     of nodes: which recorder made one
--   values     of nodes: what the spec holds of one

local function value(state, node)
  state.owners[node] = state.recording
  state.values[node] = state.values[node] or state.wrap("value", node)
  return state.values[node]
end

local function input_node(state, where, thing, which)
  if not state.recording then
    fail("%s: layers belong inside forward%s", where, where == "linear" and "; the schedule is net.linear_lr" or "")
  end
  local kind, node = state.made(thing)
  if kind ~= "value" then
    fail("%s: %s must be a value of the model, not %s", where, which, kind and "what net." .. kind .. " made" or show(thing))
  end
  if state.owners[node] ~= state.recording then fail("%s: %s is a value of another model", where, which) end
  return node
end

-- The nodes that the word is given: those that it names and, where it ends with "...", all further ones.
local function input_nodes(state, word, arguments)
  local inputs, names = {}, word.arguments
  local is_open = names[#names] == "..."
  local count = is_open and math.max(#names - 1, last(arguments)) or #names
  if count > most_inputs then fail("%s: takes up to %d values, not %d", word.word, most_inputs, count) end
  for i = 1, count do
    local which = is_open and i >= #names and string.format("argument %d", i) or names[i]
    inputs[i] = input_node(state, word.word, arguments[i], which)
  end
  return inputs
end

-- What stands for the options: the one that is given without its name, or a table.
local function options_of(word, argument)
  if not word.unnamed then return argument end
  return { [word.unnamed] = argument }
end

-- The function of a word, by its kind.
local makers = {}

-- net.conv(x, "name", options) and the like
function makers.layer(state, word)
  local op = word.word
  return function(x, name, given, ...)
    local node, recording = input_node(state, op, x, "x"), state.recording
    if select("#", ...) > 0 then refuse_rest(label(op, recording:full_name(op, name)), 3, ...) end
    return value(state, recording:add(op, name, { node }, given, sandbox.line()))
  end
end

-- net.relu(x), net.add(a, b), net.max_pool(x, options) and the like
makers["function"] = function(state, word)
  local op = word.word
  return function(...)
    local arguments = table.pack(...)
    local inputs = input_nodes(state, word, arguments)
    local takes = #inputs + (#word.options > 0 and 1 or 0)
    if arguments.n > takes then refuse_rest(op, takes, table.unpack(arguments, takes + 1, last(arguments))) end
    return value(state, state.recording:add(op, nil, inputs, options_of(word, arguments[#inputs + 1]), sandbox.line()))
  end
end

-- net.adam(options) and the like
function makers.setting(state, word)
  return function(given, ...)
    refuse_rest(word.word, 1, ...)
    return state.wrap(word.word, options.make(word.word, given, sandbox.line(), state.made))
  end
end

-- net.block(function(x, ...) ... end): a word of the spec's own, which makes layers below one name
local function block(state, body, ...)
  if type(body) ~= "function" then fail("block: needs a function, not %s", show(body)) end
  refuse_rest("block", 1, ...)
  local word = blocks.word(state.source.lines[sandbox.line()])
  local takes = debug.getinfo(body, "u")
  if takes_nothing(body) then fail("block: its function must take a value, as in function(x)") end
  return sandbox.word(function(x, name, ...)
    local node, recording = input_node(state, word, x, "x"), state.recording
    local scope = recording:full_name(word, name)
    if not takes.isvararg then refuse_rest(label(word, scope), takes.nparams + 1, select(takes.nparams, ...)) end
    recording:enter(word, name, blocks.text(word, body, node, state.made, ...), sandbox.line())
    local result = only_one(word .. " " .. scope .. ":", "its result", sandbox.call(body, x, ...))
    recording:leave(input_node(state, word .. " " .. scope, result, "what it returns"))
    return result
  end)
end

-- The node of the logits that forward makes of the image, recorded by `recording`.
local function run_forward(state, forward, recording, image)
  if takes_nothing(forward) then fail("model: forward must take the image, as in function(image)") end
  state.recording = recording
  local result = only_one("model: forward", "the logits", sandbox.call(forward, value(state, image)))
  if result == nil then fail("model: forward returns nothing; it must return the logits") end
  local logits = input_node(state, "model", result, "what forward returns")
  state.recording = nil
  return logits
end

local function record_model(state, given, ...)
  local source = state.source
  source.line = sandbox.line()
  if state.recording then fail("model: forward cannot hold another model") end
  refuse_rest("model", 1, ...)
  return state.wrap("model", model.record(given, source, state.made, function(...) return run_forward(state, ...) end))
end

-- The table as a spec sees it: what is not there is an error with a hint.
local function guarded(net)
  return setmetatable({}, {
    __metatable = false,
    __index = function(_, word)
      if net[word] then return net[word] end
      fail("unknown word net.%s%s", sandbox.one_line(tostring(word)),
        nearest.hint(tostring(word), words.names, "gen/README.md says how to add an op; words are", words.elsewhere))
    end,
    __newindex = function() fail("net cannot be changed") end,
  })
end

-- What + and * of values do, which are words, too.
local function operators(net)
  return {
    add = function(a, b) return net.add(a, b) end,
    mul = function(a, b)
      if type(b) == "number" then return net.scale(a, b) end
      if type(a) == "number" then return net.scale(b, a) end
      return net.mul(a, b)
    end,
  }
end

-- The table `net` of one spec, and made(thing), as things.lua has it. source: as model.record takes it.
return function(source)
  local net = {}
  local state = { source = source, owners = setmetatable({}, { __mode = "k" }), values = setmetatable({}, { __mode = "k" }) }
  state.wrap, state.made = new_things(operators(net))
  net.block = sandbox.word(function(...) return block(state, ...) end)
  net.model = sandbox.word(function(...) return record_model(state, ...) end)
  for _, word in ipairs(words.list) do
    if word.kind then net[word.word] = sandbox.word(makers[word.kind](state, word)) end
  end
  return guarded(net), state.made
end
