-- A block of the network as a line of text, with the way around it below, if there is one:
--
--   layer1_1 -+- conv1 - bn1 - relu - conv2 - bn2 -(+)- relu -> layer2_0
--             '- downsample.0 - downsample.1 -------'
local fields = require "fields"

local drawing = {}

local function within(scope, name)
  return scope ~= "" and name:sub(1, #scope + 1) == scope .. "." and name:sub(#scope + 2) or name
end

-- The node's name within its scope, behind what it does on load, and what fuse_ops joined to it.
local function labels(node, scope)
  local list = {}
  if node.loads then list[1], list[2] = within(scope, node.loads.name), node.loads.attributes.activation end
  list[#list + 1] = within(scope, node.forward and node.forward.name or node.name)
  if node:tensor("residual") then list[#list + 1] = "(+)" end
  list[#list + 1] = fields.get(node.attributes, "activation")
  return list
end

-- The node of `run` that makes each tensor, by the tensor.
local function producers(run)
  local of = {}
  for _, node in ipairs(run.nodes) do
    local out = node:tensor("out")
    if out then of[out] = node end
  end
  return of
end

-- The chain of nodes that leads to `tensor` through each node's first input, and where it begins.
local function chain(producer_of, tensor)
  local backwards = {}
  while true do
    local producer = producer_of[tensor]
    local input = producer and (producer:tensor("x") or producer:tensor("logits"))
    if not input then break end
    backwards[#backwards + 1] = producer
    tensor = input
  end
  local list = {}
  for i = #backwards, 1, -1 do list[#list + 1] = backwards[i] end
  return list, tensor
end

local function join(nodes, scope)
  local list = {}
  for _, node in ipairs(nodes) do
    for _, label in ipairs(labels(node, scope)) do list[#list + 1] = label end
  end
  return (table.concat(list, " - "):gsub(" %- %(%+%) %- ", " -(+)- "):gsub(" %- %(%+%)$", " -(+)"))
end

-- How many nodes such a chain draws: its own, and batch norms that they apply on load.
local function count(nodes)
  local all = #nodes
  for _, node in ipairs(nodes) do all = all + (node.loads and 1 or 0) end
  return all
end

-- The lines of one forward function's drawing; none where the block is no such chain.
function drawing.lines(run)
  local output = run.nodes[#run.nodes]:tensor("out")
  local producer_of = producers(run)
  local main, input = chain(producer_of, output)
  local joins = 0
  for _, node in ipairs(main) do
    if node:tensor("residual") then joins = joins + 1 end
  end
  local scope = run.scope
  if joins == 0 then
    if count(main) ~= #run.nodes or #main == 0 then return {} end
    return { input.symbol .. " - " .. join(main, scope) .. " -> " .. output.symbol }
  end
  local last = main[#main]
  if joins > 1 or not last:tensor("residual") then return {} end
  local side, origin = chain(producer_of, last:tensor("residual"))
  if origin ~= input or count(main) + count(side) ~= #run.nodes then return {} end
  local first = input.symbol .. " -+- " .. join(main, scope) .. " -> " .. output.symbol
  local plus = first:find("(+)", 1, true) + 1
  local second = string.rep(" ", #input.symbol + 2) .. "'-" .. (#side > 0 and " " .. join(side, scope) .. " " or "")
  return { first, second .. string.rep("-", plus - #second - 1) .. "'" }
end

return drawing
