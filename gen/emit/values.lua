-- What the templates of files see: plain values, all made here of the graph. Those of one part of the model are
-- in that part's file: memory.lua, update.lua, tensors.lua, recipe.lua, packing.lua; an output says which.
local bundle = require "emit.bundle"
local fields = require "fields"
local layout = require "layout"
local library = require "emit.library"
local memory = require "emit.memory"
local packing = require "emit.packing"
local recipe = require "emit.recipe"
local sha256 = require "sha256"
local statistics = require "kernels.statistics"
local table_of = require "emit.tensors"
local targets = require "targets"
local text = require "emit.text"
local transforms = require "emit.transforms"
local update = require "emit.update"
local version = require "version"

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

-- The functions of tiles of 1 to tile.rows rows, a list for those of whole panels and one for each number of vectors.
local function tile_functions(tile, name)
  local list = {}
  for vectors = 0, tile.vectors do
    local row = {}
    for rows = 1, tile.rows do row[rows] = string.format("%s_%d_%s", name, rows, vectors == 0 and "whole" or vectors) end
    list[#list + 1] = table.concat(row, ", ")
  end
  return list
end

-- What tiles multiply: name of their functions, and what these are told of it.
local function tile_kinds(tile, has_bf16)
  local list = { { name = "tile", pairs = has_bf16 and "0, " or "", functions = tile_functions(tile, "tile") } }
  if has_bf16 then list[2] = { name = "pair_tile", pairs = "1, ", functions = tile_functions(tile, "pair_tile") } end
  return list
end

-- Whether a kernel multiplies pairs of bf16.
local function multiplies_bf16(graph)
  for _, instance in ipairs(graph.instances) do
    if fields.get(instance.values, "is_narrow") then return true end
  end
  return false
end

-- Of the machine and how it makes products (gemm.h, vectors.h, flags.mk).
local function of_target(graph, v)
  local target = graph.target
  v.target, v.target_flags, v.instructions = target.name, target.flags, targets.checked(target)
  v.blas, v.threads, v.blas_core = target.blas, target.threads, target.blas_core or ""
  v.instruction_list = table.concat(v.instructions, " ")
  v.each_instruction = 'each("' .. table.concat(v.instructions, '") each("') .. '")'
  v.blas_flag = target.blas and 1 or 0
  v.libraries = (target.blas and "-lopenblas " or "") .. (target.threads and "-lpthread " or "") .. "-lm"
  v.pool = target.threads and "pool" or "pool_serial"
  v.product_scratch = graph.product_scratch
  v.vectors, v.lanes, v.line, v.tile, v.panel = target.vectors, target.lanes, target.line, target.tile, target.panel
  v.multiplies_bf16, v.stores_bf16 = multiplies_bf16(graph), graph:stores "bf16"
  v.has_bf16 = v.multiplies_bf16 or v.stores_bf16
  v.has_pairs, v.fma = v.has_bf16 and not target.bf16, target.fma
  v.of_pairs, v.pairs = v.multiplies_bf16 and "const int pairs, " or "", v.multiplies_bf16 and "pairs, " or ""
  v.of_precision = not v.has_bf16 and "" or target.bf16 and ", bf16" or ", bf16 in plain C, which is slow"
  v.tile_kinds = tile_kinds(target.tile, v.multiplies_bf16)
  v.scratch_bytes = graph.scratch_bytes
end

-- Of the spec and its data set.
local function of_record(graph, v)
  local record = graph.record
  local data, input = record.data, record.input
  v.file, v.spec_text, v.spec_sha256 = record.file, text.comment_body(record.text), sha256(record.text)
  v.channels, v.height, v.width, v.classes = input.channels, input.height, input.width, record.classes
  v.label_type = layout.c_type(graph.label_type)
  v.dataset, v.data_variable, v.data_folder = data.short, data.variable, data.folder
end

-- { caller, callee } of images and targets of both rooms for a batch.
local function batches(graph)
  local list = {}
  for i, batch in ipairs(graph.batches) do
    list[i] = { images = text.reach(batch.images), targets = text.reach(batch.targets) }
  end
  return list
end

-- The files of templates/kernels/parts that kernels call, in the order of the first that do.
local function kernel_parts(graph)
  local list, known = {}, {}
  for _, instance in ipairs(graph.instances) do
    for _, part in ipairs(instance.kernel.parts or {}) do
      if not known[part] then list[#list + 1] = part end
      known[part] = true
    end
  end
  return list
end

-- Of the C functions of kernels: under which name the linker has them.
local function kernel_names(graph)
  local list = {}
  for i, instance in ipairs(graph.instances) do list[i] = instance.name end
  return list
end

-- Names under which model.h has what the prefix begins: types and functions, constants.
local aliases = [[unit host hyper result tensor state optimizer schedule part border augment recipe label data number whitening freeze]]
local constant_aliases = [[BATCH LEAST_IMAGES CHANNELS HEIGHT WIDTH CLASSES TENSORS STATES ALIGNMENT PARAMETERS FROZEN BYTES
  SCRATCH_BYTES F32 I64 ZEROS ONES NORMAL UNIFORM DIRAC NUMBERS COMPILED_IN PARTS TRIVIAL_AUGMENT COLOR_JITTER WHITENING
  SGD ADAM ADAMW LION MUON RMSPROP CONSTANT STEP MULTI_STEP EXPONENTIAL LINEAR_LR POLYNOMIAL COSINE COSINE_RESTARTS ONE_CYCLE
  BORDER_BLACK BORDER_REFLECT FLIP_ALTERNATING]]

local function words(list)
  local out = {}
  for word in list:gmatch("%S+") do out[#out + 1] = word end
  return out
end

-- What an output may name as its values.
local rooms = {
  bundle = bundle, library = library, memory = memory, packing = packing, recipe = recipe, tensors = table_of, update = update,
}

-- The values of all files of one model. header: what opens each file.
return function(graph, header)
  local output = graph.output
  local v = {
    header = header, name = graph.name, prefix = graph.prefix, PREFIX = graph.prefix:upper(), batch = graph.batch,
    options = graph.options, version = version, version_parts = version_parts(), sources = sources(graph),
    join = statistics.at_once,
    trains = output.trains, rooms = table.concat(output.rooms or {}, " "), programs = table.concat(output.programs, " "),
    least_images = graph.least_images, bytes = graph.plan.total, is_separate = graph.memory == "separate",
    is_poisoned = graph.memory == "poison", batches = batches(graph), logits = text.reach(graph.logits),
    evaluated_logits = text.reach(graph.evaluated_logits), kernel_names = kernel_names(graph), transforms = transforms.of(graph),
    kernel_parts = kernel_parts(graph), outside = graph.outside, has_own_math = output.math == "own",
    is_library = output.name == "library", is_apart = output.weights == "apart", is_one_file = graph.form == "two",
    static = graph.form == "two" and "static " or "",
    aliases = words(aliases), constant_aliases = words(constant_aliases),
  }
  v.normalises = transforms.normalise(v.transforms)
  of_target(graph, v)
  of_record(graph, v)
  for _, name in ipairs(output.values or { "memory", "tensors", "update", "recipe" }) do
    for key, value in pairs(rooms[name].values(graph)) do
      if v[key] ~= nil then error(string.format("internal error: two rooms make the value %s", key), 0) end
      v[key] = value
    end
  end
  return v
end
