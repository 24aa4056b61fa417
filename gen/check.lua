-- The invariants of the graph, checked after every pass. A breach is a fault of the compiler, not of the spec.
local check = {}

local function fail(pass, ...)
  error(string.format("internal error after %s: ", pass) .. string.format(...), 0)
end

-- A kernel's results are arrays of their own: none may also be read, or be written twice, in one call.
local function check_results_apart(node, pass)
  local uses = {}
  for _, argument in ipairs(node.arguments) do
    local tensor = argument.tensor
    local other = uses[tensor]
    if other and (other ~= "r" or argument.mode ~= "r") then
      fail(pass, "%s %s writes %s and has it as another argument, too", node.op, node.name, tensor.name)
    end
    uses[tensor] = argument.mode
  end
end

local function check_program(graph, pass)
  local known, written = {}, {}
  for _, tensor in ipairs(graph.tensors) do known[tensor] = true end
  for _, node in ipairs(graph.nodes) do
    for _, argument in ipairs(node.arguments) do
      local tensor = argument.tensor
      if not known[tensor] then
        fail(pass, "%s %s uses %s, which is not a tensor of the graph", node.op, node.name, tensor.name)
      end
      if argument.mode ~= "w" and not written[tensor] and not tensor:is("given") then
        fail(pass, "%s %s reads %s before anything wrote it", node.op, node.name, tensor.name)
      end
      if argument.mode == "w" and written[tensor] and not tensor:is("rewritten") then
        fail(pass, "%s %s writes %s again", node.op, node.name, tensor.name)
      end
    end
    check_results_apart(node, pass)
    for _, tensor in ipairs(node:writes()) do written[tensor] = true end
  end
end

-- Nothing writes what is frozen, and no gradient is made where nothing below is trained.
local function check_frozen(graph, pass)
  for _, node in ipairs(graph.nodes) do
    for _, tensor in ipairs(node:writes()) do
      if tensor:is("constant") then fail(pass, "%s %s writes %s, which is frozen", node.op, node.name, tensor.name) end
      if tensor.of and (tensor.of:is("constant") or tensor.of.is_fixed) then
        fail(pass, "%s %s makes a gradient of %s, which nothing trained has a part in", node.op, node.name, tensor.of.name)
      end
    end
  end
end

local phases = { forward = 1, backward = 2, update = 3, evaluate = 4 }

local function check_order(graph, pass)
  local last = 1
  for _, node in ipairs(graph.nodes) do
    local phase = phases[node.phase] or fail(pass, "%s has no phase", node.name)
    if phase < last then fail(pass, "%s %s stands in the wrong phase", node.op, node.name) end
    last = phase
  end
end

local function check_sizes(graph, pass)
  for _, tensor in ipairs(graph.tensors) do
    if math.type(tensor.count) ~= "integer" or tensor.count < 1 then
      fail(pass, "%s has %s elements", tensor.name, tostring(tensor.count))
    end
  end
end

-- Where `offset` stands, or would stand, among blocks in the order of their offsets.
local function place_of(blocks, offset)
  local low, high = 1, #blocks + 1
  while low < high do
    local middle = (low + high) // 2
    if blocks[middle].offset < offset then low = middle + 1 else high = middle end
  end
  return low
end

local function refuse_overlap(pass, a, b)
  if a and b and a.offset < b.offset + b.bytes and b.offset < a.offset + a.bytes then
    fail(pass, "%s and %s overlap", a.tensors[1].name, b.tensors[1].name)
  end
end

-- Goes through time with the blocks that live, by offset: as long as none overlap, a new one can only meet its
-- neighbours.
local function check_plan(graph, pass)
  if not graph.plan then return end
  local begins, ends = {}, {}
  for i, block in ipairs(graph.blocks) do
    if block.offset % 64 ~= 0 then fail(pass, "block %d is not aligned", i) end
    begins[block.first], ends[block.last] = begins[block.first] or {}, ends[block.last] or {}
    table.insert(begins[block.first], block)
    table.insert(ends[block.last], block)
  end
  local alive = {}
  for time = 1, #graph.nodes do
    for _, block in ipairs(begins[time] or {}) do
      local at = place_of(alive, block.offset)
      refuse_overlap(pass, alive[at - 1], block)
      refuse_overlap(pass, alive[at], block)
      table.insert(alive, at, block)
    end
    for _, block in ipairs(ends[time] or {}) do table.remove(alive, place_of(alive, block.offset)) end
  end
end

function check.run(graph, pass)
  check_frozen(graph, pass)
  check_program(graph, pass)
  check_order(graph, pass)
  check_sizes(graph, pass)
  check_plan(graph, pass)
end

return check
