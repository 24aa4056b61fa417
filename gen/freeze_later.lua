-- Parameters that are trained at first and stay from some epoch on. They are numbered by when that is: stage 1 begins first, and
-- a step is told how many stages have begun (hyper.frozen). Each entry has its stage, and each node of the backward program the
-- stage from which on nobody needs what it makes: a gradient of a parameter of that stage or, through the layers below, of
-- none but those of that stage and earlier ones.
local freeze = require "freeze"
local graph_module = require "graph"

local freeze_later = {}

local function mark_entries(graph)
  graph.freezes = {}
  for _, given in ipairs(graph.record.freeze_after) do
    local stage = graph_module.stage { epochs = given.epochs, entries = {}, nodes = {} }
    for _, entry in ipairs(graph.parameters) do
      if entry.gradient and freeze.has(given.names, entry.name) then
        entry.stage = #graph.freezes + 1
        stage.entries[#stage.entries + 1] = entry
      end
    end
    if #stage.entries > 0 then graph.freezes[#graph.freezes + 1] = stage end
  end
end

-- The stage from which on a node is idle: the last of those that its results serve, infinity for one that goes on.
local function stage_of(node, serves)
  local last = 0
  for _, tensor in ipairs(node:writes()) do
    local stage = tensor:is("moves") and (tensor.entry.stage or math.huge) or serves[tensor] or 0
    last = math.max(last, stage)
  end
  return last
end

-- Backwards through the program, so that who reads a gradient is known before who makes it.
function freeze_later.mark(graph)
  mark_entries(graph)
  if #graph.freezes == 0 then return end
  local nodes, serves = graph:phase("backward"), {}
  for i = #nodes, 1, -1 do
    local node = nodes[i]
    local stage = stage_of(node, serves)
    if stage > 0 and stage < math.huge then
      node.stage = stage
      table.insert(graph.freezes[stage].nodes, 1, node)
    end
    for _, tensor in ipairs(node:reads()) do serves[tensor] = math.max(serves[tensor] or 0, stage) end
  end
end

return freeze_later
