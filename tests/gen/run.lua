-- Runs tests/gen/test_*.lua: lua5.4 tests/gen/run.lua [--update-golden] [NAME...]
-- Prints `N passed, N failed`; exits with 1 when a test failed.
local root = (arg[0]:match("^(.*)/tests/gen/[^/]*$") or arg[0]:match("^tests/gen/") and "." or "../..")
package.path = table.concat({
  root .. "/gen/?.lua", root .. "/gen/?/init.lua", root .. "/tests/gen/?.lua", package.path,
}, ";")

local harness = require "harness"
harness.root = root

local wanted = {}
for _, argument in ipairs(arg) do
  if argument == "--update-golden" then
    harness.update_golden = true
  else
    wanted[#wanted + 1] = argument
  end
end

local function is_wanted(path)
  for _, name in ipairs(wanted) do
    if path:find(name, 1, true) then return true end
  end
  return #wanted == 0
end

for _, path in ipairs(harness.files("tests/gen", ".lua")) do
  if path:match("/test_[^/]*$") and is_wanted(path) then
    harness.test(path, function() dofile(root .. "/" .. path) end)
  end
end

print(string.format("%d passed, %d failed", harness.passed, harness.failed))
os.exit(harness.failed == 0 and harness.passed > 0)
