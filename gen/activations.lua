-- The function of each value (kernels/functions.lua) that a node does to what it makes itself, where a pass joined one to
-- it: attributes of the node, `activation` and the options of that op.
local fields = require "fields"
local functions = require "kernels.functions"

local options = { "slope", "factor", "approximate" }
local activations = { attributes = "activation " .. table.concat(options, " ") } -- of an op that may have one

-- What `node` does or, if it has none, is: the attributes for another node, that then does it; nil if there is no such.
function activations.of(node)
  local name = fields.get(node.attributes, "activation") or functions[node.op] and node.op
  if not name then return nil end
  local list = { activation = name }
  for _, option in ipairs(options) do list[option] = fields.get(node.attributes, option) end
  return list
end

-- Whether the node has one that its kernel calls; relu needs no function.
function activations.is_called(node)
  local activation = node.attributes.activation
  return activation ~= nil and activation ~= "relu"
end

-- What a template says of it: whether it is relu (cuts), else the C function (called; false: there is none), the constant that it
-- takes beside the value, if one, and whether its way back has the result or what was there before (keeps); text, in words.
function activations.values(attributes, v)
  local name = attributes.activation
  local of = functions[name]
  v.cuts = name == "relu" and 1 or 0
  v.called = of and name ~= "relu" and (of.called and of.called(attributes) or name) or false
  v.constant = v.called and of.constant and attributes[of.constant] or false
  v.keeps = of and of.kept or false
  v.text = of and of.text(attributes)
end

-- Whether the way back must have the result, and whether what stood before the function will do, which is no tensor then.
function activations.keeps_result(attributes, has_residual)
  local of = functions[attributes.activation]
  return of ~= nil and of.kept == "out" and (has_residual or not of.by_x)
end

function activations.takes_before(attributes, has_residual)
  local of = functions[attributes.activation]
  return of ~= nil and (of.kept == "x" or of.by_x and not has_residual)
end

return activations
