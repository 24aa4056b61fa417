-- For a program that brings its images: of the rooms for batches nothing stays but that for the targets of a step, made of
-- labels there.
return function(graph)
  graph.batches[1].targets.name = "labels"
  local kept = graph.batches[1].targets
  graph.batches = {}
  graph:drop_unused_tensors(function(tensor) return tensor:is("persistent") and (tensor.role ~= "data" or tensor == kept) end)
end
