-- The tensors as C objects: pointers with their shape in their type, into one arena.
local layout = require "layout"

local memory = {}

local function in_struct(tensor)
  return tensor.symbol:find("->", 1, true) ~= nil
end

-- Tensors that have a name of their own in C, in the order of the graph.
local function named(graph)
  local list = {}
  for _, tensor in ipairs(graph.tensors) do
    if tensor.offset and not in_struct(tensor) then list[#list + 1] = tensor end
  end
  return list
end

-- The pointers to struct parameters: name and offset of each, in bytes.
local function struct_pointers(graph)
  local first, list = graph.update_order[1], {}
  if not first then return list end
  for _, tensor in ipairs { first.tensor, first.gradient, table.unpack(first.states) } do
    list[#list + 1] = { name = tensor:is("member") or tensor.state, offset = tensor.offset }
  end
  return list
end

-- Lines of memory.h.
function memory.declarations(graph)
  local mode, out = graph.plan.mode, {}
  if mode ~= "separate" then
    for _, p in ipairs(struct_pointers(graph)) do
      out[#out + 1] = mode == "mapped" and string.format("extern struct parameters *%s;", p.name)
        or string.format("static struct parameters *const %s = (struct parameters *)(%s);", p.name, layout.at(p.offset))
    end
  end
  for _, tensor in ipairs(named(graph)) do
    if mode == "separate" then
      out[#out + 1] = "extern " .. layout.declare(tensor, tensor.symbol) .. ";"
    elseif mode == "mapped" then
      out[#out + 1] = "extern " .. layout.pointer(tensor, tensor.symbol) .. ";"
    else
      out[#out + 1] = string.format("static %s = (%s)%s;", layout.pointer(tensor, "const " .. tensor.symbol),
        layout.pointer(tensor, ""), layout.place(tensor))
    end
  end
  return out
end

-- Lines of memory.c: the objects themselves.
function memory.definitions(graph)
  local mode, out = graph.plan.mode, {}
  if mode == "static" then
    out[1] = string.format("ALIGNED float arena[%d];", layout.elements(graph.plan.total))
  elseif mode == "mapped" then
    out[1] = "float *arena;"
    for _, p in ipairs(struct_pointers(graph)) do out[#out + 1] = string.format("struct parameters *%s;", p.name) end
    for _, tensor in ipairs(named(graph)) do out[#out + 1] = layout.pointer(tensor, tensor.symbol) .. ";" end
  else
    for _, tensor in ipairs(named(graph)) do
      out[#out + 1] = "ALIGNED " .. layout.declare(tensor, tensor.symbol) .. ";"
    end
  end
  return out
end

-- Statements that set the pointers of a mapped arena.
function memory.bindings(graph)
  local out = {}
  for _, p in ipairs(struct_pointers(graph)) do
    out[#out + 1] = string.format("%s = (struct parameters *)(%s);", p.name, layout.at(p.offset))
  end
  for _, tensor in ipairs(named(graph)) do
    out[#out + 1] = string.format("%s = (%s)%s;", tensor.symbol, layout.pointer(tensor, ""), layout.place(tensor))
  end
  return out
end

-- Members of struct parameters, each filled up to whole cache lines: the planned places hold for compilers, too,
-- for which ALIGNED is nothing.
local line = 16 -- floats
function memory.members(graph)
  local out = {}
  for _, entry in ipairs(graph.update_order) do
    local count = 1
    for _, dim in ipairs(entry.tensor.dims) do count = count * dim end
    out[#out + 1] = string.format("ALIGNED float %s[%s];", entry.member, table.concat(entry.tensor.dims, "]["))
    if count % line > 0 then out[#out + 1] = string.format("float %s_fill[%d];", entry.member, line - count % line) end
  end
  return out
end

return memory
