-- How few images a training step may have, graph.least_images: a batch norm that takes statistics cannot take them of
-- one value. One that is frozen, here bn_evaluate, or is no more than evaluated takes none.
return function(graph)
  graph.least_images = 1
  for _, node in ipairs(graph.nodes) do
    local shape = node.op == "bn" and node:tensor("x").shape
    if shape and shape.height * shape.width == 1 then graph.least_images = 2 end
  end
end
