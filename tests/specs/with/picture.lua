-- An output in two files, this one and its template: the layers of a network as a picture in text, and no C.

-- An arrow from each tensor that a layer reads to what it makes.
local function arrows(graph)
  local list = {}
  for _, node in ipairs(graph.nodes) do
    for _, tensor in ipairs(node:reads()) do
      if tensor:is("drawn") then
        list[#list + 1] = { from = tensor.symbol, to = node:tensor("out").symbol, label = node.op }
      end
    end
  end
  return list
end

return {
  outputs = {
    {
      name = "picture", trains = false, programs = {}, reports = {},
      files = { { "NAME.dot", "picture.dot", values = function(graph) return { arrows = arrows(graph) } end } },
      passes = { "build_graph", "fuse_ops", "grow_evaluation", "drop_training", "prune_dead", "choose_kernels",
        "gather_arguments", "plan_memory", "name_symbols", "offer_numbers" },
    },
  },
}
