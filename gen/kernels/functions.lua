-- Functions of one value by op, as templates/kernels/parts/functions.h has them: NAME(x) and the way back,
-- NAME_backward(d, kept), what gradient d comes to. An entry:
--
--   text      (attributes) -> what it computes of x, for comments
--   kept      what the way back has beside the gradient: "out", "x" or nil
--   by_x      true: x will do in place of out
--   constant  the attribute that both take as well
--   called    (attributes) -> NAME, if that is not the op
local function say(words) return function() return words end end

return {
  relu = { text = say "max(0, x)", kept = "out", by_x = true },
  relu6 = { text = say "min(max(0, x), 6)", kept = "out", by_x = true },
  leaky_relu = {
    text = function(a) return string.format("x where x > 0, else x * %.9g", a.slope) end, kept = "out", by_x = true,
    constant = "slope",
  },
  sigmoid = { text = say "1 / (1 + exp(-x))", kept = "out" },
  silu = { text = say "x / (1 + exp(-x))", kept = "x" },
  gelu = {
    text = function(a)
      return a.approximate == "none" and "x (1 + erf(x / sqrt(2))) / 2" or "x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2"
    end,
    kept = "x", called = function(a) return a.approximate == "none" and "gelu" or "gelu_tanh" end,
  },
  scale = { text = function(a) return string.format("x * %.9g", a.factor) end, constant = "factor" },
}
