-- What the tests of the generator share: counting, comparing, specs from text or file.
local spec = require "spec"

local harness = {
  update_golden = false,  -- set by run.lua --update-golden
  passed = 0,
  failed = 0,
}

-- Runs one test. An error is a failure, printed with its place.
function harness.test(name, body)
  local ok, problem = xpcall(body, debug.traceback)
  if ok then
    harness.passed = harness.passed + 1
  else
    harness.failed = harness.failed + 1
    print(string.format("FAILED %s: %s", name, problem))
  end
end

-- Fails with a message that says all, so that no traceback follows.
function harness.fail(message, ...)
  local text = string.format(message, ...)
  error(setmetatable({}, { __tostring = function() return text end }))
end

local function text(value)
  return type(value) == "string" and string.format("%q", value) or tostring(value)
end

function harness.equal(actual, expected, what)
  if actual ~= expected then
    error(string.format("%s is %s, expected %s", what or "value", text(actual), text(expected)), 2)
  end
end

-- Compares lists item by item.
function harness.same_list(actual, expected, what)
  for i = 1, math.max(#actual, #expected) do
    harness.equal(actual[i], expected[i], string.format("%s[%d]", what or "list", i))
  end
end

function harness.read(path)
  local file = assert(io.open(path, "rb"))
  local content = file:read("a")
  file:close()
  return content
end

-- Files in `folder` of the repository whose names end with `ending`, sorted.
function harness.files(folder, ending)
  local list = {}
  local listing = assert(io.popen("ls '" .. harness.root .. "/" .. folder .. "'"))
  for name in listing:lines() do
    if name:sub(-#ending) == ending then list[#list + 1] = folder .. "/" .. name end
  end
  listing:close()
  table.sort(list)
  return list
end

-- The record of a spec given as text, or nil and its error with SPEC for the path.
function harness.load_text(content, settings)
  local path = os.tmpname()
  local file = assert(io.open(path, "wb"))
  file:write(content)
  file:close()
  local ok, result = pcall(spec.load, path, settings)
  os.remove(path)
  if ok then return result end
  return nil, (result:gsub("^" .. path:gsub("%p", "%%%0"), "SPEC"))
end

-- The record of a model whose forward has `body`, on a 3x32x32 image, batch 8. The body is line 4.
function harness.load_body(body, settings)
  return harness.load_text(table.concat({
    "return net.model { name = \"test\", loss = net.cross_entropy {},",
    "  input = { batch = 8, height = 32, width = 32, channels = 3 },",
    "  train = { optimizer = net.adam {}, epochs = 1 }, forward = function(image)",
    body,
    "end }",
  }, "\n"), settings)
end

-- What line 1 of a spec expects: the comment `-- SPEC:LINE: message`.
function harness.expected_error(path)
  return (harness.read(path):match("^%-%- (SPEC:[^\n]*)\n"))
end

return harness
