-- What --with FILE.lua adds to the compiler: words, ops, kernels, machines, outputs and passes of one's own, without a
-- change in its folder. Such a file is code of whoever compiles and runs unfenced, unlike a spec. It returns lists:
--
--   return { words = { {word, kind, ...} }, ops = { {name, ...} }, kernels = { {op, template, ...} },
--            machines = { {name, ...} }, outputs = { {name, ...} }, passes = { {name, run} } }
--
-- each entry as a file of the room it joins has it (words.lua, ops/, kernels/, machines/, outputs/, passes/); those
-- that it has none of may be left out. Templates that it names are looked for beside it first.
local fields = require "fields"
local kernels = require "kernels"
local ops = require "ops"
local outputs = require "outputs"
local passes = require "passes"
local targets = require "targets"
local words = require "words"

local additions = {
  templates = {}, -- where the templates of such files are, by name
  files = {},     -- how Lua's messages begin that are about them
}

local function refuse(path, message, ...)
  error(string.format("castnet: --with %s: " .. message, path, ...), 0)
end

local _, pass_fault = fields.declare("pass", "name! run!")

local function add_pass(pass)
  passes[pass.name] = pass.run
  passes.names[#passes.names + 1] = pass.name
end

-- Of each list: what is wrong with an entry, who is named alike already, and how it joins.
local rooms = {
  { name = "words", fault = words.fault, there = words.by_name, add = words.add },
  { name = "ops", fault = ops.fault, there = ops, add = ops.register },
  { name = "kernels", fault = kernels.fault, there = {}, add = kernels.add },
  { name = "machines", fault = targets.fault, there = targets.by_name, add = targets.add },
  { name = "passes", fault = pass_fault, there = passes, add = add_pass },
  { name = "outputs", fault = outputs.fault, there = outputs, add = outputs.add },
}

local function exists(path)
  local file = io.open(path, "rb")
  return file ~= nil and file:close()
end

-- The name under which emission finds the template: with/NAME where it lies beside FILE.lua.
local function template_name(folder, name)
  if not exists(folder .. name) then return name end
  additions.templates["with/" .. name] = folder .. name
  return "with/" .. name
end

local function find_templates(folder, room, entry)
  if room.name == "kernels" then
    entry.template = template_name(folder, entry.template)
  elseif room.name == "machines" then
    entry.vectors = template_name(folder, entry.vectors)
  elseif room.name == "outputs" then
    for _, file in ipairs(entry.files) do file[2] = template_name(folder, file[2] or file[1]) end
  end
end

local function add(path, room, entry)
  local name = type(entry) == "table" and (type(entry.name) == "string" and entry.name or entry.word or entry.op)
  if not name then refuse(path, "each entry of %s must be a table with its name", room.name) end
  local fault = room.fault(entry)
  if fault then refuse(path, "%s of %s %s", name, room.name, fault) end
  if room.there[name] then refuse(path, "there is a %s among the %s already; choose another name", name, room.name) end
  for _, pass in ipairs(room.name == "outputs" and entry.passes or {}) do
    if not passes[pass] then refuse(path, "output %s names a pass %s that there is not", name, pass) end
  end
  find_templates(path:match("^.*/") or "./", room, entry)
  room.add(entry)
end

-- Runs the file at `path` and adds what it returns.
function additions.load(path)
  if not path:match("^[%w_./+,@-]+$") then refuse("FILE", "the file's path is made of letters, digits and _ . / + , @ -") end
  local chunk, fault = loadfile(path, "t")
  if not chunk then refuse(path, "%s", fault) end
  additions.files[#additions.files + 1] = debug.getinfo(chunk, "S").short_src .. ":"
  local ok, lists = pcall(chunk)
  if not ok then refuse(path, "%s", lists) end
  if type(lists) ~= "table" then refuse(path, "must return a table of lists, not a %s", type(lists)) end
  local known = {}
  for _, room in ipairs(rooms) do
    known[room.name] = true
    for _, entry in ipairs(lists[room.name] or {}) do add(path, room, entry) end
  end
  for key in pairs(lists) do
    if not known[key] then
      refuse(path, "returns %s, but only words, ops, kernels, machines, outputs and passes are known", tostring(key))
    end
  end
end

return additions
