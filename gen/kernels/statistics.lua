-- What convolutions leave for the batch norm behind them: mean and sum of squared distances of each channel, over all
-- positions and images. A kernel takes them in parts, whatever is at hand together, and joins those at its end
-- (templates/kernels/parts/join_statistics.c).
local units = require "kernels.units"

local statistics = {
  at_once = 16, -- channels that one unit joins
}

-- Arguments that a node has where a batch norm wants the statistics.
statistics.keys = { "statistics", "partial" }

-- Room for `parts` parts; counted: how many values each is of differs and stands behind them all, else it is one of each image.
function statistics.workspace(node, parts, counted)
  if not node:tensor("statistics") then return {} end
  local channels = node:tensor("out").shape.channels
  return { { key = "partial", dims = counted and { parts * (2 * channels + 1) } or { parts, 2, channels } } }
end

-- Into how many units the joining of so many channels is cut.
function statistics.joins(channels) return -(-channels // statistics.at_once) end

-- What the template and its part see.
function statistics.add_values(v, channels, parts, counted)
  v.stat_channels, v.stat_parts, v.counted, v.stat_units = channels, parts, counted or false, statistics.joins(channels)
end

-- The same where units of their own take each part, which is a position: of so many channels.
function statistics.add_pieces(v, node, graph)
  v.piece = units.sum_channels(graph.target, v.stat_parts, graph.batch, v.stat_channels)
  v.pieces = -(-v.stat_channels // v.piece)
  v.run_statistics = node:tensor("out") and node:tensor("out").type == "bf16" and "run_with_scratch" or "run"
end

return statistics
