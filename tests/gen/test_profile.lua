-- The profiler of make bench PROFILE=1: each call of a kernel has its row, and the C is right. How long anything takes
-- is no test.
local compile = require "compile"
local harness = require "harness"
local test = harness.test

test("every call of a kernel has its row", function()
  local folder = os.tmpname()
  os.remove(folder)
  local function run(command, ...) return os.execute(string.format(command .. " >/dev/null 2>&1", ...)) end
  assert(run("'%s/gen/castnet' '%s/gen/specs/resnet8_tiny.lua' --target portable --with '%s/tests/speed/profile/profile.lua'"
    .. " --as profiler -o '%s'", harness.root, harness.root, harness.root, folder))
  local rows = select(2, harness.read(folder .. "/profile.c"):gsub("\n    {\"", ""))
  local calls, ends = 0, {}
  for _, node in ipairs(compile("gen/specs/resnet8_tiny.lua", nil, { target = "portable" }).nodes) do
    if node.phase ~= "update" then calls = calls + 1 end
  end
  for _, phase in ipairs { "forward", "backward", "evaluate" } do
    local text = harness.read(folder .. "/" .. phase .. ".c")
    for row in text:gmatch "_profile_end%((%d+)%);" do ends[#ends + 1] = tonumber(row) end
  end
  harness.equal(#ends, calls, "calls that are timed")
  harness.equal(rows, calls, "rows of the table")
  for i, row in ipairs(ends) do harness.equal(row, i - 1, "the row of call " .. i) end
  for _, file in ipairs { "profile.c", "forward.c", "backward.c", "evaluate.c" } do
    if not run("cc -std=c99 -Wall -Wextra -Wpedantic -Wshadow -Werror -fsyntax-only '%s/%s'", folder, file) then
      harness.fail("%s does not compile", file)
    end
  end
  os.execute("rm -r " .. folder)
end)
