-- Spec -> record (model.lua says what is in it): runs the text of a spec with the words net.*.
--
-- While a spec runs, strings have no methods (sandbox.lua), hence string.format(...) and the like in what words call.
local freeze = require "freeze"
local new_net = require "spec.net"
local options = require "options"
local sandbox = require "sandbox"
local words = require "words"

local spec = {}

local function split_lines(text)
  local lines = {}
  for line in string.gmatch(text .. "\n", "([^\n]*)\n") do lines[#lines + 1] = line end
  return lines
end

local function check_batch(batch)
  local option = words.batch
  if math.type(batch) ~= "integer" or batch < option.min or batch > option.max then
    error(string.format("batch must be %s, not %s", options.noun(option), sandbox.show(batch)), 0)
  end
end

local function replace_frozen(record, list)
  local frozen, fault = freeze.resolve(record.nodes, list)
  if not frozen then error("--freeze: " .. sandbox.one_line(fault), 0) end
  record.freeze = frozen
end

-- Reads the spec at `path` and returns its record. settings.batch and settings.freeze (a list of names), if
-- given, replace the spec's.
-- What is wrong with the spec is raised as one line, "PATH:LINE: what is wrong".
function spec.load(path, settings)
  settings = settings or {}
  if settings.batch ~= nil then check_batch(settings.batch) end
  local shown = sandbox.one_line(path)
  local text, message = sandbox.read(path)
  if not text then error(string.format("%s: %s", shown, message), 0) end
  local net, made = new_net {
    path = path, file = string.match(shown, "([^/]*)$"), text = text, lines = split_lines(text), batch = settings.batch,
    infers = settings.infers,
  }
  local ok, result, line, count = sandbox.run(text, { net = net })
  if ok and count > 1 then
    result, line = string.format("a spec must return one thing, what net.model makes, not %d", count), sandbox.line()
  elseif ok then
    local kind, record = made(result)
    if kind == "model" then
      if settings.freeze then replace_frozen(record, settings.freeze) end
      return record
    end
    result = "a spec must return what net.model makes, not " .. (kind and "net." .. kind or sandbox.show(result))
    line = sandbox.line()
  end
  error(string.format("%s:%d: %s", shown, line, sandbox.one_line(result)), 0)
end

return spec
