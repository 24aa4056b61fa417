-- What kernels that go position by position share: how many positions a unit takes, so that it
-- moves some 64 KiB, and whether a result is added to what is there.
local positions = {}

function positions.values(shape, graph)
  local count = shape.height * shape.width
  local grain = math.max(1, math.min(count, 16384 // (graph.batch * shape.channels)))
  return { positions = count, channels = shape.channels, grain = grain, units = -(-count // grain) }
end

-- The shapes on both sides of a node, whichever way it runs: of its input and of its output.
function positions.ends(node)
  return (node:tensor("x") or node:tensor("d_x")).shape, (node:tensor("out") or node:tensor("d_out")).shape
end

-- "+=" where the node adds to `key`, "=" where it is the first to write it.
function positions.assign(node, key)
  for _, argument in ipairs(node.arguments) do
    if argument.key == key then return argument.mode == "rw" and "+=" or "=" end
  end
end

-- NAME_SHAPE_SUFFIX, with _add before it where the result is added.
function positions.name(text, key, suffix)
  return function(node)
    local adds = positions.assign(node, key) == "+="
    return string.format("%s_%s%s_%s", text, require("kernels").shape_name(node:tensor(key).shape),
      adds and "_add" or "", type(suffix) == "function" and suffix(node) or suffix)
  end
end

-- The direction a forward op runs in: "forward", or "evaluate" in the evaluation program.
function positions.direction(node)
  return node.phase == "evaluate" and "evaluate" or "forward"
end

return positions
