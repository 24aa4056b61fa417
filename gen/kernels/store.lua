-- What an algorithm of fixed weights does on store, as its templates see it: whether a function is applied to a whole output
-- with the residual in it already (has_store), which one (called) and with which constant, if with any; formula, the same in
-- words, where `product` is what the layer itself makes.
local functions = require "kernels.functions"

local store = {}

function store.values(node, v)
  local a = node.attributes
  local of = a.activation and functions[a.activation]
  v.has_store, v.called = of ~= nil, of and of.called and of.called(a) or a.activation or ""
  v.constant = of and of.constant and a[of.constant] or false
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
