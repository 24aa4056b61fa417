-- max(x, 0), value by value.
local relu = {}

function relu.shape(_, inputs)
  return inputs[1]
end

return relu
