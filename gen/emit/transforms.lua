-- The transforms of bilinear algorithms (bilinear.lua) as C functions of vectors.
local bilinear = require "bilinear"
local fields = require "fields"
local layout = require "layout"

local transforms = {}

-- What kernel templates call, by the ending of the function's name; values.transforms of a kernel are those that its one does.
-- The last says of which there is a function of both sides, too: one that "gathers" a tile or one that "yields" it.
local kinds = {
  { "input", function(f) return f.b end, "V = B' x", "gathers" },
  { "output", function(f) return bilinear.transposed(f.a) end, "y = A' M", "yields" },
  { "kernel", function(f) return f.g end, "U = G w" },
  { "grad_output", function(f) return f.a end, "dM = A dy", "gathers" },
  { "grad_kernel", function(f) return bilinear.transposed(f.g) end, "dw = G' dU" },
}

local function constant(q) return string.format("spread(%.9gf)", q[1] / q[2]):gsub("%((%-?%d+)f%)", "(%1.0f)") end

local function expression(line)
  local operands = {}
  for i = 3, #line do operands[i - 2] = type(line[i]) == "table" and constant(line[i]) or line[i] end
  return line[2] .. "(" .. table.concat(operands, ", ") .. ")"
end

-- How a tile's values are stored, by what kernels say (values.stored): in which order a form has functions of them, what their
-- names end in, what stores a vector, and how far that of vector v lies from the first.
local stores = {
  { "floats", suffix = "", call = "store", step = "v * LANES" },
  { "halves", suffix = "_halves", call = "store_halves", step = "v * LANES / 2", what = ", as bf16" },
  { "pairs", suffix = "_pairs" },
}

-- Of what they are read, by the type of the tensor and, behind a blank, whether it is "normalised" as it is read; what more the
-- names end in, and what loads a vector.
local reads = {
  { "f32", suffix = "", call = "load", type = layout.c_type "f32", what = "floats" },
  { "bf16", suffix = "_of_bf16", call = "load_bf16", type = layout.c_type "bf16", what = "bf16" },
}
for i = 1, 2 do
  reads[i + 2] = fields.copy(reads[i], { reads[i][1] .. " normalised", suffix = reads[i].suffix .. "_normalised", normalises = true })
end

-- The name of a function that gathers a tile; how it stores and, by the kind, reads are a kernel's values; loads: what it does to
-- what it reads, "normalised" or nil.
function transforms.tile(form, kind, stored, read, loads)
  local suffix
  for _, store in ipairs(stores) do suffix = store[1] == stored and store.suffix or suffix end
  for _, way in ipairs(reads) do
    if way[1] == read[kind] .. (loads and " " .. loads or "") then return form .. "_" .. kind .. "_tile" .. suffix .. way.suffix end
  end
end

local function gathers_of(wanted)
  local list = {}
  for _, read in ipairs(reads) do
    for _, store in ipairs(stores) do
      if wanted[store[1] .. read[1]] then
        list[#list + 1] = {
          how = store[1], suffix = store.suffix .. read.suffix, call = store.call, step = store.step or false,
          what = store.what or "", load = read.call, type = read.type, of = read.what, columns = "_columns" .. read.suffix,
          normalises = read.normalises or false, parameter = read.normalises and ", const struct norm *norm" or "",
          argument = read.normalises and ", norm" or "",
        }
      end
    end
  end
  return list
end

local function one(name, form, kind, wanted)
  local matrix, inputs = kind[2](form), {}
  for i = 1, #matrix[1] do inputs[i] = "x[" .. i - 1 .. "]" end
  local code, outputs = bilinear.straight_line(matrix, inputs)
  local lines = {}
  for _, line in ipairs(code) do
    lines[#lines + 1] = "const vector " .. line[1] .. " = " .. expression(line) .. ";"
  end
  for i, output in ipairs(outputs) do lines[#lines + 1] = "y[" .. i - 1 .. "] = " .. output .. ";" end
  return {
    name = name .. "_" .. kind[1], inputs = #inputs, outputs = #outputs, lines = lines, tile = kind[4] or "none",
    gathers = kind[4] == "gathers" and gathers_of(wanted) or {},
    comment = string.format("%s, %d outputs a tile: %d operations.", kind[3], form.m, #code),
  }
end

-- How the instance's kernel stores and reads what that ending is of; inputs that all its nodes normalise it reads in no other way.
local function add_ways(wanted, instance, ending)
  local way = instance.values.stored .. (instance.values.read[ending] or "")
  local normalises = ending == "input" and instance:has "factors"
  if normalises then wanted[way .. " normalised"] = true end
  if not normalises or instance.lacks.factors then wanted[way] = true end
end

-- Forms that kernels name, in their order, and of each which endings, stored how and read of what: { form, ending -> how .. type -> true }.
local function used(graph)
  local forms, by_form = {}, {}
  for _, instance in ipairs(graph.instances) do
    local form = fields.get(instance.values, "form")
    if form then
      if not by_form[form] then
        by_form[form] = {}
        forms[#forms + 1] = form
      end
      for _, ending in ipairs(instance.values.transforms) do
        by_form[form][ending] = by_form[form][ending] or {}
        add_ways(by_form[form][ending], instance, ending)
      end
    end
  end
  return forms, by_form
end

-- { name, comment, inputs, outputs, lines, tile, gathers } of each that is called.
function transforms.of(graph)
  local list = {}
  local forms, by_form = used(graph)
  for _, form in ipairs(forms) do
    for _, kind in ipairs(kinds) do
      local wanted = by_form[form][kind[1]]
      if wanted then list[#list + 1] = one(form, bilinear[form], kind, wanted) end
    end
  end
  return list
end

-- Whether any of such a list normalises what it reads.
function transforms.normalise(list)
  for _, transform in ipairs(list) do
    for _, gathers in ipairs(transform.gathers) do
      if gathers.normalises then return true end
    end
  end
  return false
end

return transforms
