-- Graph -> files. Only text is made here: every decision is in the graph already.
local additions = require "additions"
local files = require "emit.files"
local kernels = require "kernels"
local layers = require "emit.layers"
local layout = require "layout"
local memory = require "emit.memory"
local products = require "kernels.products"
local recipe = require "emit.recipe"
local report = require "emit.report"
local sha256 = require "sha256"
local table_of = require "emit.tensors"
local targets = require "targets"
local template = require "emit.template"
local text = require "emit.text"
local transforms = require "emit.transforms"
local update = require "emit.update"
local version = require "version"

local emit = {}

-- Opens every generated file.
local function header(graph)
  return string.format("/* Made by castnet %s from %s %s.\n * This file belongs to whoever made it. */", version,
    graph.record.file, graph.options)
end

-- What a kernel's template sees: the standard values, what its algorithm adds, and `include`, which
-- renders another template with the same values.
local function kernel_values(instance, prefix, common, render)
  local has, t, pack = {}, {}, {}
  for _, argument in ipairs(instance.arguments) do
    has[argument.key], t[argument.key] = true, layout.view(argument)
    pack[#pack + 1] = argument.key
  end
  for _, extra in ipairs(instance.extra) do pack[#pack + 1] = extra end
  pack[#pack + 1] = "n"
  local values = {
    name = instance.name, has = setmetatable({}, { __index = function(_, key) return has[key] or false end }), t = t,
    signature = text.wrap(text.signature(instance, prefix), 4, #instance.name + 6), fields = text.fields(instance),
    pack = table.concat(pack, ", "),
    title = text.wrap_comment(instance.name .. ": " .. table.concat(instance.users, ", ")),
  }
  setmetatable(values, {
    __index = function(_, key)
      local value = instance.values[key]
      if value == nil then value = common[key] end
      return value
    end,
  })
  function values.include(path) return (render(path, values):gsub("\n$", "")) end
  return values
end

-- Tables of taps, each once, in the order of the kernels that read them, to the end of `out`.
local function render_taps(graph, out, render)
  local known = {}
  for _, instance in ipairs(graph.instances) do
    local taps = instance.values.taps
    if taps and not known[taps] then
      known[taps] = true
      out[#out + 1] = render("kernels/parts/taps.c", { taps = taps })
    end
  end
end

local function render_kernels(graph, common, render)
  local out, prototypes = {}, {}
  render_taps(graph, out, render)
  for _, instance in ipairs(graph.instances) do
    out[#out + 1] = render(instance.kernel.template, kernel_values(instance, graph.prefix, common, render))
    prototypes[#prototypes + 1] = string.format("/* %s */\nvoid %s(%s);", text.wrap_comment(text.uses(instance)), instance.name,
      text.wrap(text.signature(instance, graph.prefix), 4, #instance.name + 6))
  end
  return table.concat(out, "\n"), table.concat(prototypes, "\n")
end

-- The C files that an output consists of, in order.
local function sources(graph)
  local list = {}
  for _, file in ipairs(graph.output.files) do
    if file[1]:find("%.c$") then list[#list + 1] = (file[1]:gsub("PREFIX", graph.prefix)) end
  end
  return table.concat(list, " ")
end

local function version_parts()
  local major, minor, patch = version:match("^(%d+)%.(%d+)%.(%d+)$")
  return { { name = "MAJOR", value = major }, { name = "MINOR", value = minor }, { name = "PATCH", value = patch } }
end

-- Whether a kernel calls one of the functions of templates/functions.h.
local function calls_functions(graph)
  for _, instance in ipairs(graph.instances) do
    if instance.values.calls then return true end
  end
  return false
end

-- Everything that templates may name, for all files of one model.
local function common_values(graph)
  local record = graph.record
  return {
    header = header(graph), graph = graph, output = graph.output, trains = graph.output.trains, record = record,
    name = graph.name, prefix = graph.prefix, PREFIX = graph.prefix:upper(), blas = graph.target.blas, target = graph.target,
    batch = graph.batch, options = graph.options, sources = sources(graph),
    version = version, version_parts = version_parts(), states = graph.output.trains and update.states(graph) or {},
    spec_text = text.comment_body(record.text), spec_sha256 = sha256(record.text),
    label_type = layout.c_type(layout.unsigned(record.classes - 1)),
    kernels = kernels, products = products, text = text, memory = memory, tensors = table_of,
    update = update, numbers = recipe.rows(graph), option = recipe.option, instructions = targets.checked(graph.target),
    f32 = text.f32, times = text.times, calls_functions = calls_functions(graph),
    transforms = transforms.of(graph),
  }
end

-- The files of the model, {name, text} ...
function emit.files(graph, templates)
  local read = files.reader(templates, additions.templates)
  local function render(name, values)
    local source, place = read(name)
    return template.render(source, place, values)
  end
  local common = common_values(graph)
  function common.include(path) return (render(path, common):gsub("\n$", "")) end
  common.kernel_code, common.prototypes = render_kernels(graph, common, render)
  local made = {}
  local names = { NAME = graph.name, PREFIX = graph.prefix, OPTIMIZER = graph.update.template }
  for _, file in ipairs(graph.output.files) do
    local path, template_path = file[1]:gsub("%u+", names), (file[2] or file[1]):gsub("%u+", names)
    common.program = file.phase and layers.program(graph, file.phase)
    made[#made + 1] = { path, render(template_path, common) }
  end
  for _, name in ipairs(graph.output.reports) do
    made[#made + 1] = { name .. ".txt", report[name](graph, header(graph)) }
  end
  return made
end

return emit
