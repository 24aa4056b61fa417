-- Batch normalisation over image, height and width, as nn.BatchNorm2d.
local bn = {}

function bn.shape(_, inputs)
  return inputs[1]
end

function bn.parameters(_, inputs)
  local dims = { inputs[1].channels }
  return {
    { name = "weight", dims = dims, init = "ones" },
    { name = "bias", dims = dims, init = "zeros" },
    { name = "running_mean", dims = dims, init = "zeros", buffer = true },
    { name = "running_var", dims = dims, init = "ones", buffer = true },
    { name = "num_batches_tracked", dims = {}, init = "zeros", buffer = true, int64 = true },
  }
end

return bn
