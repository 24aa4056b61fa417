-- Ends the program with the logits, for outputs that have no labels: the loss goes, and with it targets, result and the
-- room for batches that a trainer makes ready. Nothing else is left that evaluation's tensors could be mixed up with, so
-- they are called as the spec calls them.
return function(graph)
  local kept = {}
  for _, node in ipairs(graph.nodes) do
    if node.op ~= "cross_entropy" then kept[#kept + 1] = node end
  end
  graph.nodes, graph.batches = kept, {}
  for _, tensor in ipairs(graph.tensors) do
    if tensor:is("value") then tensor.name = tensor.name:gsub("^eval%.", "") end
  end
  graph:drop_unused_tensors(function(tensor) return tensor:is("persistent") and tensor.role ~= "data" end)
end
