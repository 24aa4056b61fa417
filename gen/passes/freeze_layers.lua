-- Freezes the layers that graph.freeze names, as module.eval() and requires_grad = False do in PyTorch, and the parameters,
-- as requires_grad = False alone:
--
--   parameters   and running statistics get the role "frozen": nothing may write them (check.lua)
--   bn, dropout  frozen, run as in evaluation
--   tensors      in which no trained parameter has a part are fixed: grow_backward goes no further there, and
--                their nodes keep nothing for it
--
-- Above what is trained, a frozen layer still passes the gradient of its input on.
local freeze = require "freeze"
local graph_module = require "graph"
local ops = require "ops"

local function freeze_entries(graph)
  for _, entry in ipairs(graph.parameters) do
    if freeze.has(graph.freeze, entry.name) then
      entry.frozen, entry.trainable = true, false
      if entry.tensor then entry.tensor.role = "frozen" end
    end
  end
end

-- Turns the node into the one that evaluation runs in its place.
local function evaluate(node)
  local rule = ops[node.op].evaluate
  if type(rule) ~= "function" then return end
  local op, modes = rule(node)
  local arguments = {}
  for _, argument in ipairs(node.arguments) do
    local mode = modes[argument.key]
    if mode then arguments[#arguments + 1] = { argument.key, argument.tensor, mode } end
  end
  node.op, node.arguments = op, graph_module.arguments(arguments)
end

-- Readers of what the node makes get what it is given.
local function skip(graph, node)
  local out, x = node:tensor("out"), node:tensor("x")
  for _, reader in ipairs(graph.nodes) do reader:replace(out, x) end
  if graph.logits == out then graph.logits = x end
end

-- What has no parameters computes the same in evaluation, but for dropout.
local function freeze_nodes(graph)
  local kept = {}
  for _, node in ipairs(graph.nodes) do
    local is_frozen = freeze.has(graph.freeze, node.name)
    if is_frozen and ops[node.op].evaluate == "skip" then
      skip(graph, node)
    else
      if is_frozen and ops[node.op].parameters then evaluate(node) end
      kept[#kept + 1] = node
    end
  end
  graph.nodes = kept
end

-- Whether nothing that the node reads is trained or comes from what is.
local function is_fixed(node)
  for _, tensor in ipairs(node:reads()) do
    if tensor:is("learned") and not tensor.is_fixed then return false end
  end
  return true
end

local function fix_tensors(graph)
  for _, node in ipairs(graph.nodes) do
    if node.op ~= "input" and is_fixed(node) then
      node:tensor("out").is_fixed = true
      if node.op ~= "bn" then evaluate(node) end -- without parameters it is not frozen, and takes statistics as before
    end
  end
end

return function(graph)
  if #graph.freeze == 0 then return end
  freeze_entries(graph)
  freeze_nodes(graph)
  fix_tensors(graph)
  graph:drop_unused_tensors()
end
