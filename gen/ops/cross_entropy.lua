-- Mean over the batch of the softmax cross entropy, as nn.CrossEntropyLoss with class probabilities
-- as targets; with weights of classes as it is with numbers of classes as targets. One number, here a 1x1x1.
local cross_entropy = {}

function cross_entropy.shape(node, inputs)
  local x = inputs[1]
  if x.height ~= 1 or x.width ~= 1 then
    return nil, string.format("logits are %dx%dx%d (%s), not 1x1; end with linear or mean_pool",
      x.height, x.width, x.channels, node.inputs[1].name)
  end
  if x.channels < 2 then
    return nil, string.format("logits of %d class (%s); give two or more", x.channels, node.inputs[1].name)
  end
  local weights = node.attributes.class_weights
  if weights and #weights ~= x.channels then
    return nil, string.format("class_weights are %d, but there are %d classes", #weights, x.channels)
  end
  return { height = 1, width = 1, channels = 1 }
end

-- `out` is the loss of each image, weighted; the step's result is their mean.
function cross_entropy.arguments(graph, output, inputs)
  return {
    { "out", output, "w" }, { "logits", inputs[1], "r" }, { "targets", graph.targets, "r" },
    { "result", graph.result, "w" },
  }
end

function cross_entropy.backward(node, tape)
  local d_logits, mode = tape:into(node:tensor("logits"))
  tape:emit("cross_entropy_backward", {
    { "d_logits", d_logits, mode }, { "logits", node:tensor("logits"), "r" }, { "targets", tape.graph.targets, "r" },
  })
end

return cross_entropy
