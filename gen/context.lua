-- What a network's context, the struct at the front of its memory, has beside pointers to the tensors. A member:
--
--   name, type    type of layout.lua, or struct, the name of one without the model's prefix
--   kind          "pointer" to what is only read, of no type: to anything; "memory": a pointer to what is written; "array" of
--                 `count`; "struct": one of these
--   bytes         as every size here, where pointers take layout.pointer_bytes
--   note          what it is
--   saved         whether training goes on from it
local hyper = require "hyper"
local layout = require "layout"
local structs = require "kernels.structs"

local context = {}

-- Values of an update that one unit of it moves.
context.piece = 16384

-- The batch norms' counters of steps: all, and those that a step moves, which lie before those of frozen layers.
function context.counters(graph)
  local all, moving = 0, 0
  for _, entry in ipairs(graph.parameters) do
    if entry.counter then
      all = all + 1
      if not entry.frozen then moving = moving + 1 end
    end
  end
  return all, moving
end

-- How many factors a group has whose dead parameters all shrink alike: of values, of momentum, of slow weights and of moving
-- averages; and the places of the last two.
function context.dead_factors(graph)
  local slow, average = graph.update.lookahead and 1 or 0, graph.update.ema and 1 or 0
  return 2 + slow + average, 2, 2 + slow
end

-- How many groups have such factors (prune_dead).
function context.dead_slots(graph)
  local slots = 0
  for _, group in ipairs(graph.update.groups) do slots = slots + (group.slot and 1 or 0) end
  return slots
end

-- What a trained parameter has: itself, its gradient and its states.
function context.tensors_of(entry) return { entry.tensor, entry.gradient, table.unpack(entry.states) } end

-- The names of the optimiser's states, in the order in which parameters have them.
function context.state_names(graph)
  local list, seen = {}, {}
  for _, entry in ipairs(graph.update_order) do
    for _, state in ipairs(entry.states) do
      if not seen[state.state] then list[#list + 1], seen[state.state] = state.state, true end
    end
  end
  return list
end

-- The struct of all parameters that the tensor is a member of, by name; nil where the context points to it, as to a state that
-- not all of them have.
function context.struct_of(graph, tensor)
  if graph.memory == "separate" or not (tensor.entry and tensor.entry.states) then return nil end
  return tensor:is("member") or tensor:is("each") and graph.update.common[tensor.state] and tensor.state or nil
end

-- The structs of all parameters: { name, first } with the tensor that lies first in it.
function context.structs(graph)
  local first, list = graph.update_order[1], {}
  for _, tensor in ipairs(first and context.tensors_of(first) or {}) do
    local name = context.struct_of(graph, tensor)
    if name then list[#list + 1] = { name = name, first = tensor } end
  end
  return list
end

-- The tensors that it points to, in the order of the graph.
function context.pointed(graph)
  local list = {}
  for _, tensor in ipairs(graph.tensors) do
    if not tensor:is("caller") and not context.struct_of(graph, tensor) then list[#list + 1] = tensor end
  end
  return list
end

-- Pieces of the largest stretch of values whose squares are added up.
local function pieces(graph)
  local most = 0
  for _, stretch in ipairs(graph.stretches) do most = math.max(most, stretch.count) end
  for _, entry in ipairs(graph.update_order) do most = math.max(most, entry.dead and entry.dead.count or 0) end
  return -(-most // context.piece)
end

-- Whether an optimiser adds up squares, for a norm.
function context.has_sums(graph)
  for _, rule in ipairs(graph.update.rules) do
    if rule.of.matrices then return true end
  end
  return graph.update.clip
end

-- The members, of a graph whose stretches are known (plan_memory).
function context.members(graph)
  local list = {}
  local function add_pointer(name, type, note)
    list[#list + 1] = { name = name, kind = "pointer", type = type, bytes = layout.pointer_bytes, note = note }
  end
  local function add_array(name, type, count, note, saved)
    list[#list + 1] = {
      name = name, kind = "array", type = type, count = count, bytes = count * layout.bytes(type), note = note, saved = saved,
    }
  end
  local function add_struct(name, struct, bytes, note, saved)
    list[#list + 1] = { name = name, kind = "struct", struct = struct, bytes = bytes, note = note, saved = saved }
  end
  add_struct("host", "host", 3 * layout.pointer_bytes, "how units of work are run")
  if graph.output.weights == "apart" then
    add_pointer("weights", nil, "those attached, which are only read; NULL: none yet")
    add_pointer("images", graph.images.type, "what the program now running was called with")
    return list
  end
  add_pointer("images", graph.images.type, "what the step now running was called with")
  add_pointer("targets", graph.targets.type)
  list[#list + 1] = { name = "hyper", kind = "pointer", struct = "hyper", bytes = layout.pointer_bytes }
  add_struct("result", "result", 16, "of that step")
  if graph.output.state == "apart" then
    list[#list + 1] = { name = "work", kind = "memory", bytes = layout.pointer_bytes, note = "the memory that a step works in" }
  end
  if graph.output.name == "library" then
    add_struct("settings", "hyper", hyper.bytes(), "of the optimiser, the last step's number among them", true)
  end
  add_pointer("logits", graph.logits.type, "of the program that ran last")
  local counters = context.counters(graph)
  if counters > 0 then
    add_array("num_batches_tracked", "i64", counters, "training steps that each batch norm has seen", true)
    if graph.update.ema then add_array("average_batches_tracked", "i64", counters, "the moving average of that", true) end
  end
  local slots, count = context.dead_slots(graph), (context.dead_factors(graph))
  if slots > 0 then
    add_array("dead_decay", "f64", slots * count, "what weight decay has done to dead parameters since they were last brought up to"
      .. " date: a factor of their values, one of their momentum (SGD's)" .. (graph.update.lookahead and ", one of slow weights" or "")
      .. (graph.update.ema and " and one of their moving averages" or "") .. (slots > 1 and ", of each group" or ""), true)
  end
  if context.has_sums(graph) then add_array("sums", "f64", pieces(graph), "squares of gradients, a sum a piece") end
  return list
end

-- Pointers that it has: to structs of parameters, to tensors, and those of what kernels take as one.
local function pointers(graph)
  local count = #context.structs(graph)
  for _, tensor in ipairs(context.pointed(graph)) do
    if not tensor.gathering then count = count + 1 end
  end
  for _, gathering in ipairs(graph.gatherings) do count = count + #structs[gathering.struct].members end
  return count
end

function context.bytes(graph)
  local bytes = layout.pointer_bytes * pointers(graph)
  for _, member in ipairs(context.members(graph)) do bytes = bytes + member.bytes end
  return bytes
end

return context
