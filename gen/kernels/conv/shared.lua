-- What the algorithms of convolution share: how their functions are called, and the numbers of the geometry.
local positions = require "kernels.positions"

local shared = {}

local suffixes = { conv = "forward", conv_grad_input = "grad_input", conv_grad_weight = "grad_weight", conv_fixed = "fixed" }

-- conv3x3s2_16c64_8c128_taps_forward; s, p, d and g are told where they are not 1, kernel / 2, 1 and 1.
function shared.name(algorithm)
  return function(node)
    local a = node.attributes
    local input, output = positions.ends(node)
    local text = string.format("conv%dx%d", a.kernel[1], a.kernel[2])
    if a.stride[1] ~= 1 or a.stride[2] ~= 1 then text = text .. "s" .. a.stride[1] end
    if a.padding[1] ~= a.kernel[1] // 2 or a.padding[2] ~= a.kernel[2] // 2 then text = text .. "p" .. a.padding[1] end
    if a.dilation[1] ~= 1 or a.dilation[2] ~= 1 then text = text .. "d" .. a.dilation[1] end
    if a.groups > 1 then text = text .. "g" .. a.groups end
    return string.format("%s_%s_%s_%s_%s", text, positions.shape_name(input), positions.shape_name(output), algorithm,
      suffixes[node.op])
  end
end

-- Whether the window is side x side, its stride 1.
function shared.is_square(node, side)
  local kernel, stride = node.attributes.kernel, node.attributes.stride
  return kernel[1] == side and kernel[2] == side and stride[1] == 1 and stride[2] == 1
end

-- Whether what a product sums over makes pairs: channels, or for a weight's gradient images, of which an odd one has zeros beside it.
function shared.are_pairs(node)
  local input, output = positions.ends(node)
  local summed = ({ conv = input.channels, conv_grad_input = output.channels })[node.op]
  return not summed or summed % 2 == 0
end

-- Whether a product starts at the bias: where outputs are bf16, a bias that they had first would be rounded alone.
function shared.starts(node) return node:tensor("bias") ~= nil and node:tensor("out").type == "bf16" end

-- What it costs, in words: of all taps the live ones, and the products, where padding makes them fewer.
local function flop_note(node)
  local all, live = node.attributes.kernel[1] * node.attributes.kernel[2], #node.taps
  local taps = live < all and string.format("%d of %d taps live; ", live, all) or ""
  local padded = node.flop < node.flop_unpruned and string.format(", %.1f with every padded product", node.flop_unpruned / 1e6) or ""
  return string.format("%s%.1f MFLOP for a batch%s.", taps, node.flop / 1e6, padded)
end

-- What all directions tell their templates.
function shared.values(node)
  local a = node.attributes
  local input, output = positions.ends(node)
  return {
    taps = node.taps, groups = a.groups, cg = input.channels // a.groups, og = output.channels // a.groups,
    sy = a.stride[1], sx = a.stride[2], flop_note = flop_note(node),
  }
end

return shared
