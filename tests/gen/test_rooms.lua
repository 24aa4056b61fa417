-- Which room of the generator knows which: `require` anywhere in a file of the one on the left names files of those on the right,
-- of its own, and nothing else. C text is made in emit alone, which therefore nobody calls but who writes files.
local harness = require "harness"
local test = harness.test

local common = "fields layout nearest sandbox words window weight_init optimizers parameter_groups" -- files that stand by themselves

local knows = {
  machines = "", outputs = common,
  ops = common .. " activations",
  kernels = common .. " activations bilinear taps",
  passes = common .. " activations bilinear context freeze freeze_later graph kernels names occupancy ops options roles taps tuning",
  spec = common .. " freeze glob names ops options",
  emit = common .. " additions aside bilinear context crc32 freeze graph hyper kernels roles schedules sha256 targets version",
  convert = "aside compiler crc32", export = common .. " compiler convert version",
  -- Files of gen/ itself that know rooms:
  activations = "fields kernels", context = "kernels layout", freeze = "ops nearest sandbox", freeze_later = "freeze graph",
  additions = "fields kernels ops outputs passes targets words",
  targets = common .. " machines", tuning = "kernels",
  compiler = "check crc32 emit graph outputs passes print say spec targets",
}
local rooms = {}
for name in ("machines outputs ops kernels passes spec emit convert export"):gmatch("%S+") do rooms[name] = true end

-- What of the table's words a module's name stands for: its room, or the file in gen/ itself.
local function place_of(module) return module:match("^([^.]+)") end

local function is_known(from, to)
  return from == to or (" " .. (knows[from] or "") .. " "):find(" " .. to .. " ", 1, true) ~= nil
end

local function check_file(path)
  local from = path:match("^gen/([^/]+)/") or path:match("^gen/([^/]+)%.lua$")
  for module in harness.read(path):gmatch('require[ (]*"([^"]+)"') do
    local to = place_of(module)
    if (rooms[from] or rooms[to]) and not is_known(from, to) then
      harness.fail("%s requires %s, which gen/%s has no business with", path, module, from)
    end
  end
end

test("rooms of the generator know each other as they should", function()
  local listing = assert(io.popen("cd '" .. harness.root .. "' && find gen -name '*.lua' ! -path 'gen/specs/*' ! -path gen/main.lua"))
  for path in listing:lines() do check_file(path) end
  listing:close()
end)
