-- Graph -> files. Only text is made here: every decision is in the graph already.
local additions = require "additions"
local fields = require "fields"
local files = require "emit.files"
local form = require "emit.form"
local format = require "emit.format"
local functions = require "emit.functions"
local layers = require "emit.layers"
local layout = require "layout"
local precision = require "emit.precision"
local report = require "emit.report"
local template = require "emit.template"
local text = require "emit.text"
local values = require "emit.values"
local version = require "version"

local emit = {}

-- Opens every generated file.
local function header(graph)
  return string.format("/* Made by castnet %s from %s %s.\n * This file belongs to whoever made it. */", version,
    graph.record.file, graph.options)
end

local betas = { always = 1, never = 0, sometimes = "a->add" }
local assigns = { always = "+=", never = "=", sometimes = "= or +=" }

-- What a kernel's template sees: the values of its algorithm, and
--   name, title   of the C function: what it is called, and that with the layers that call it
--   signature, fields, pack   its parameters, the same as members of the struct that units get, and what fills it
--   has, lacks, t   of its arguments: whether there is one of those that not all nodes have, whether a call may leave it
--                 out, and the view of each (layout.lua); keys: all of them; narrow_keys: those that are bf16; written: the last
--                 that is no input
--   adds, beta    whether it "always", "never" or "sometimes" (a->add) adds to what it may add to, and that as C: 0 or not
local function kernel_values(instance, graph)
  local has, lacks, t, pack, narrow_keys = {}, {}, {}, {}, {}
  for _, key in ipairs(instance.kernel.optional or {}) do has[key], lacks[key] = false, instance.lacks[key] or false end
  local keys, written = {}, nil
  for i, argument in ipairs(instance.arguments) do
    keys[i] = argument.key
    if argument.mode ~= "r" then written = argument.key end
    if has[argument.key] == false then has[argument.key] = true end
    t[argument.key] = layout.view(argument)
    if argument.tensor.type == "bf16" then narrow_keys[#narrow_keys + 1] = argument.key end
    if argument.key == instance.kernel.may_add then t[argument.key].assign = assigns[instance.adds] end
  end
  text.each_parameter(instance, function(argument, struct) pack[#pack + 1] = argument and argument.key or struct.parameter end)
  for _, extra in ipairs(instance.extra) do pack[#pack + 1] = extra end
  if instance.adds == "sometimes" then pack[#pack + 1] = "add" end
  pack[#pack + 1] = "n"
  local adds = instance.adds or "never"
  local v = {
    name = instance.name, has = has, lacks = lacks, t = t, keys = keys, written = written, narrow_keys = narrow_keys, adds = adds,
    beta = betas[adds],
    signature = text.signature(instance, graph.prefix), fields = text.fields(instance), pack = table.concat(pack, ", "),
    title = instance.name .. ": " .. table.concat(instance.users, ", "),
  }
  for key, value in pairs(instance.values) do
    if v[key] ~= nil then error(string.format("internal error: %s has a value %s, which all kernels have", instance.name, key), 0) end
    v[key] = value
  end
  return v
end

-- Tables of taps, each once, in the order of the kernels that read them, to the end of `pieces`.
local function render_taps(graph, pieces, render)
  local known = {}
  for _, instance in ipairs(graph.instances) do
    local taps = fields.get(instance.values, "taps")
    if taps and not known[taps.name] then
      known[taps.name] = true
      local rows = {}
      for i, tap in ipairs(taps) do
        rows[i] = string.format("    {%d, %d, %d, %d, %d, %d, %d},", tap.place, tap.dy, tap.dx, tap.y0, tap.y1, tap.x0, tap.x1)
      end
      pieces[#pieces + 1] = "\n" .. render("kernels/parts/taps.c", { name = taps.name, count = #rows, rows = table.concat(rows, "\n") })
    end
  end
end

-- The code of all kernels to the end of `pieces`. Tables of taps may be long, and are formatted as they are.
local function render_kernels(graph, pieces, render)
  render_taps(graph, pieces, render)
  for _, instance in ipairs(graph.instances) do
    pieces[#pieces + 1] = "\n" .. format.c(render(instance.kernel.template, kernel_values(instance, graph)))
  end
end

local function prototypes(graph)
  local out = {}
  for i, instance in ipairs(graph.instances) do
    out[i] = string.format("/* %s */\n%svoid %s(%s);", text.uses(instance), graph.form == "two" and "static " or "", instance.name,
      text.signature(instance, graph.prefix))
  end
  return table.concat(out, "\n")
end

-- The files of the model, {name, pieces of its text} ...: kernels.c may be long, and is never one string.
function emit.files(graph, templates)
  local read = files.reader(templates, additions.templates)
  local known = setmetatable(precision(graph), { __index = functions })
  local render
  function render(name, seen)
    local source, place = read(name)
    local function include(path, key, value) -- which sees this value, too
      local sees = key and setmetatable({ [key] = value }, { __index = seen }) or seen
      return (render(path, sees):gsub("\n$", ""))
    end
    return template.render(source, place, seen, setmetatable({ include = include }, { __index = known }))
  end
  local common = values(graph, header(graph))
  common.prototypes = prototypes(graph)
  local made = {}
  local names = { NAME = graph.name, PREFIX = graph.prefix }
  local wanted = table.move(graph.output.files, 1, #graph.output.files, 1, {})
  if graph.form ~= "files" then table.move(graph.output.bundle or {}, 1, #(graph.output.bundle or {}), #wanted + 1, wanted) end
  for _, file in ipairs(wanted) do
    local path, template_path = file[1]:gsub("%u+", names), (file[2] or file[1]):gsub("%u+", names)
    local own = file.phase and { program = layers.program(graph, file.phase) } or file.values and file.values(graph) or {}
    local rendered = render(template_path, setmetatable(own, { __index = common }))
    if path:match("%.[ch]$") then rendered = format.c(rendered) end
    local pieces = { rendered }
    if file.kernels then render_kernels(graph, pieces, render) end
    made[#made + 1] = { path, pieces, beside = file.beside }
  end
  made = form.of(graph.form, made, graph.prefix)
  for _, name in ipairs(graph.output.reports) do
    made[#made + 1] = { name .. ".txt", { report[name](graph, header(graph)) } }
  end
  return made
end

return emit
