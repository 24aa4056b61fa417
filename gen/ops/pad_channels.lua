-- Channels of zeros before and after those of x, at every stride-th position: as F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, 8, 8)).
local pad_channels = {}

local function ceil_div(a, b) return -(-a // b) end

function pad_channels.shape(node, inputs)
  local a, x = node.attributes, inputs[1]
  return {
    height = ceil_div(x.height, a.stride[1]), width = ceil_div(x.width, a.stride[2]), channels = a.before + x.channels + a.after,
  }
end

function pad_channels.arguments(_, output, inputs)
  return { { "out", output, "w" }, { "x", inputs[1], "r" } }
end

function pad_channels.backward(node, tape)
  local d_x, mode = tape:into(node:tensor("x"))
  tape:emit("pad_channels_backward", { { "d_x", d_x, mode }, { "d_out", tape:gradient(node:tensor("out")), "r" } })
end

return pad_channels
