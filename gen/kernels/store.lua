-- What an algorithm of fixed weights does on store, as its templates see it: `store`, what becomes of `value`, a whole output
-- with the residual in it already; has_store, whether that is anything else; formula, the same in words, where `product` is
-- what the layer itself makes.
local functions = require "kernels.functions"
local text = require "emit.text"

local store = {}

-- The call of a function of kernels/functions.lua.
local function call(of, name, attributes)
  local called = of.called and of.called(attributes) or name
  return string.format("%s(value%s)", called, of.constant and ", " .. text.f32(attributes[of.constant]) or "")
end

function store.values(node, v)
  local a = node.attributes
  local of = a.activation and functions[a.activation]
  v.has_store, v.store = of ~= nil, of and call(of, a.activation, a) or "value"
  local sum = (node:tensor("bias") and " + bias" or "") .. (node:tensor("residual") and " + residual" or "")
  v.formula = v.product .. sum
  if of then v.formula = string.format("%s for x = %s", of.text(a), v.formula) end
  return v
end

-- What of it the name of a C function tells.
function store.suffix(node)
  return (node:tensor("residual") and "_add" or "") .. (node.attributes.activation and "_" .. node.attributes.activation or "")
end

return store
