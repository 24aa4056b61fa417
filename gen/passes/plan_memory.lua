-- One place for every tensor, in one arena, before anything runs.
--
-- Persistent tensors (parameters, their gradients, optimiser state, buffers, batches) come first, one after the
-- other. The rest share what follows: a tensor lives from the node that first writes it to the last that
-- touches it, and two tensors may overlap only if they never live at once. Largest first, each at the
-- lowest free offset (first fit decreasing), which comes close to the lower bound for networks whose
-- tensors halve from stage to stage.
--
-- A node may write over one of its inputs where its kernel allows that and the input ends there: the two
-- tensors then form one block.
local align = 64

local function round(bytes) return (bytes + align - 1) // align * align end

local persistent_order = { "parameter", "parameter_gradient", "state", "dead", "dead_state", "buffer", "data" }

-- Parameters lie in the order of the update, so that w, g and the states are the same struct.
local function place_persistent(graph)
  local offset = 0
  local function place(tensor)
    tensor.offset = offset
    offset = offset + round(tensor.bytes)
  end
  graph.regions = {}
  for _, role in ipairs(persistent_order) do
    local start = offset
    if role == "parameter" or role == "parameter_gradient" then
      for _, entry in ipairs(graph.update_order) do
        place(role == "parameter" and entry.tensor or entry.gradient)
      end
    elseif role == "state" then
      for i = 1, #(graph.update_order[1] and graph.update_order[1].states or {}) do
        for _, entry in ipairs(graph.update_order) do place(entry.states[i]) end
      end
    else
      for _, tensor in ipairs(graph.tensors) do
        if tensor.role == role then place(tensor) end
      end
    end
    graph.regions[role] = { offset = start, bytes = offset - start }
  end
  return offset
end

local function lifetimes(graph)
  local list = {}
  for time, node in ipairs(graph.nodes) do
    for _, argument in ipairs(node.arguments) do
      local tensor = argument.tensor
      if not tensor.persistent and tensor.role ~= "batch" and tensor.role ~= "result" then
        if not tensor.first then
          tensor.first = time
          list[#list + 1] = tensor
        end
        tensor.last = time
      end
    end
  end
  -- What the caller may read after a step stays until its phase ends.
  for _, kept in ipairs { graph.logits, graph.evaluated_logits } do
    for time, node in ipairs(graph.nodes) do
      local phase = kept == graph.logits and "update" or "evaluate"
      if node.phase == phase and kept.last < time then kept.last = time end
    end
  end
  return list
end

-- Joins tensors that one node may lay over each other.
local function form_blocks(graph, list)
  local block_of = {}
  for _, tensor in ipairs(list) do
    block_of[tensor] = { tensors = { tensor }, bytes = tensor.bytes, first = tensor.first, last = tensor.last }
  end
  for time, node in ipairs(graph.nodes) do
    for _, pair in ipairs(node.inplace or {}) do
      local out, input = node:tensor(pair[1]), node:tensor(pair[2])
      local a, b = block_of[input], block_of[out]
      if a and b and a ~= b and a.last == time and b.first == time and out.bytes == input.bytes
        and not node.shared then
        for _, tensor in ipairs(b.tensors) do
          a.tensors[#a.tensors + 1] = tensor
          block_of[tensor] = a
        end
        a.last = b.last
        node.shared = { pair[1], pair[2] }
      end
    end
  end
  local blocks, seen = {}, {}
  for _, tensor in ipairs(list) do
    local block = block_of[tensor]
    if not seen[block] then
      seen[block] = true
      blocks[#blocks + 1] = block
      block.index = #blocks
    end
  end
  return blocks
end

local function place_blocks(blocks, base)
  local order = table.move(blocks, 1, #blocks, 1, {})
  table.sort(order, function(a, b)
    if a.bytes ~= b.bytes then return a.bytes > b.bytes end
    return a.index < b.index
  end)
  local placed, top = {}, base
  for _, block in ipairs(order) do
    local offset = base
    for _, other in ipairs(placed) do -- sorted by offset
      if other.first <= block.last and block.first <= other.last then
        if offset + round(block.bytes) <= other.offset then break end
        offset = math.max(offset, other.offset + round(other.bytes))
      end
    end
    block.offset = offset
    top = math.max(top, offset + round(block.bytes))
    local at = 1
    while placed[at] and placed[at].offset <= offset do at = at + 1 end
    table.insert(placed, at, block)
    for _, tensor in ipairs(block.tensors) do tensor.offset = offset end
  end
  return top
end

-- The most that is alive at once: no plan can do with less.
local function lower_bound(graph, blocks, persistent)
  local most, when = 0, 1
  for time = 1, #graph.nodes do
    local alive = 0
    for _, block in ipairs(blocks) do
      if block.first <= time and time <= block.last then alive = alive + round(block.bytes) end
    end
    if alive > most then most, when = alive, time end
  end
  return persistent + most, when
end

return function(graph)
  local persistent = place_persistent(graph)
  local blocks = form_blocks(graph, lifetimes(graph))
  local total = place_blocks(blocks, persistent)
  local bound, when = lower_bound(graph, blocks, persistent)
  graph.blocks = blocks
  graph.plan = { persistent = persistent, total = math.max(total, align), lower_bound = bound, peak = when }
end
