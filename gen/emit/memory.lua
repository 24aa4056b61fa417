-- The context and the tensors that it points to, as C.
local context = require "context"
local layout = require "layout"
local structs = require "kernels.structs"
local text = require "emit.text"

local memory = {}

-- Members of struct parameters, each filled up to whole cache lines: the planned places hold for compilers, too,
-- for which ALIGNED is nothing.
local function parameters(graph)
  local out = {}
  for _, entry in ipairs(graph.update_order) do
    local tensor = entry.tensor
    out[#out + 1] = "ALIGNED " .. layout.declare(tensor, tensor.symbol) .. ";"
    if entry.fill > 0 then
      out[#out + 1] = string.format("%s %s_fill[%d];", layout.c_type(tensor.type), tensor.symbol, entry.fill)
    end
  end
  return out
end

-- The names of the structs of all parameters.
local function parameter_structs(graph)
  local list = {}
  for i, struct in ipairs(context.structs(graph)) do list[i] = struct.name end
  return list
end

local declarators = { pointer = "const %s *%s", memory = "%s *%s", array = "%s %s[%d]", struct = "%s %s" }

-- Members of the context beside pointers to tensors: { text, note }.
local function members(graph)
  local list = {}
  for i, m in ipairs(context.members(graph)) do
    local type = m.struct and "struct " .. graph.prefix .. "_" .. m.struct or m.type and layout.c_type(m.type) or "void"
    list[i] = { text = string.format(declarators[m.kind], type, m.name, m.count), note = m.note or "" }
  end
  return list
end

-- Pointers with their shape in their type, as members of the context.
local function pointers(graph)
  local out = {}
  for _, tensor in ipairs(context.pointed(graph)) do
    if not tensor.gathering then out[#out + 1] = layout.pointer(tensor, tensor.symbol) .. ";" end
  end
  return out
end

-- What kernels take as one: { struct, about, members, name, all = { {name, count} ... } } a kind.
local function gatherings(graph)
  local list, of = {}, {}
  for _, gathering in ipairs(graph.gatherings) do
    local kind = gathering.struct
    if not of[kind] then
      local struct = structs[kind]
      of[kind] = {
        struct = kind, about = struct.about, name = struct.parameter, all = {},
        members = layout.c_type "f32" .. " *" .. table.concat(struct.members, ", *"),
      }
      list[#list + 1] = of[kind]
    end
    table.insert(of[kind].all, { name = gathering.symbol:match("[^.]+$"), count = gathering.count })
  end
  return list
end

-- An address in the arena: c is its front, or, where the output has what stays from step to step apart, that alone; work is
-- the rest then.
local function address(graph, offset)
  local state = graph.plan.state
  if graph.output.state == "apart" and offset >= state then return string.format("place(work, %d)", offset - state) end
  return string.format("place(c, %d)", offset)
end

-- Statements that set them all: those into the arena, and those into weights that lie apart.
local function bindings(graph)
  local inside, apart = {}, {}
  local function bind(list, name, to) list[#list + 1] = string.format("c->%s = %s;", name, to) end
  for _, struct in ipairs(context.structs(graph)) do bind(inside, struct.name, address(graph, struct.first.offset)) end
  for _, tensor in ipairs(context.pointed(graph)) do
    if tensor:is("apart") then
      bind(apart, tensor.symbol, string.format("place(weights, %d)", tensor.offset))
    else
      bind(inside, tensor.symbol, address(graph, tensor.offset))
    end
  end
  for _, gathering in ipairs(graph.gatherings) do
    for _, member in ipairs(gathering.members) do
      if member.tensor.struct then
        bind(inside, gathering.symbol .. "." .. member.key, text.reach(member.tensor))
      end
    end
  end
  return inside, apart
end

local function gaps(graph)
  local list = {}
  for i, gap in ipairs(graph.gaps) do list[i] = { place = address(graph, gap.from), bytes = gap.bytes } end
  return list
end

function memory.values(graph)
  local inside, apart = bindings(graph)
  return {
    members = members(graph), pointers = pointers(graph), bindings = inside, weight_bindings = apart,
    weight_bytes = graph.plan.weights, gaps = gaps(graph), own_scratch = address(graph, graph.plan.scratch),
    has_state_apart = graph.output.state == "apart", state_bytes = graph.plan.state,
    work_bytes = graph.plan.total - graph.plan.state, parameters = parameters(graph),
    parameter_structs = parameter_structs(graph), gatherings = gatherings(graph),
    struct_pointers = "*" .. table.concat(parameter_structs(graph), ", *"),
    parameter_bytes = graph.regions.parameter.bytes, context_bytes = graph.plan.context,
  }
end

return memory
