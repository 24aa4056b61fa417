-- What convolutions leave for the batch norm behind them: mean and sum of squared distances of each channel, over all
-- positions and images. A kernel takes them in parts, whatever is at hand together, and joins those at its end
-- (templates/kernels/parts/join_statistics.c).
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

return statistics
