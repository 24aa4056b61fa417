-- Functions of one value as C text, by op. An entry:
--
--   text      (attributes) -> what it computes of x, for comments
--   forward   (attributes, x) -> its value, where x is an expression that may stand there several times
--   backward  (attributes, d, kept) -> gradient d times its slope; `kept` is what the way back has: out, x or nil
--   kept      the name of that
--   calls     (attributes) -> the function of templates/functions.h that they call, or nil
local text = require "emit.text"

local function f32(value) return text.f32(value) end

-- What puts its first argument in place of $1 in the form, its second in place of $2.
local function format(form)
  return function(_, first, second) return (form:gsub("%$(%d)", { ["1"] = first, ["2"] = second })) end
end

local function say(words) return function() return words end end

local function gelu(exact, approximate)
  return function(a, ...) return (a.approximate == "none" and exact or approximate)(a, ...) end
end

return {
  relu = {
    text = say "max(0, x)", kept = "out", forward = format "$1 < 0 ? 0 : $1", backward = format "$2 > 0 ? $1 : 0",
  },
  relu6 = {
    text = say "min(max(0, x), 6)", kept = "out",
    forward = format "$1 < 0 ? 0 : $1 > 6 ? 6 : $1", backward = format "$2 > 0 && $2 < 6 ? $1 : 0",
  },
  leaky_relu = {
    text = function(a) return string.format("x where x > 0, else x * %s", f32(a.slope)) end, kept = "out",
    forward = function(a, x) return string.format("%s > 0 ? %s : %s * %s", x, x, x, f32(a.slope)) end,
    backward = function(a, d, out) return string.format("%s > 0 ? %s : %s * %s", out, d, d, f32(a.slope)) end,
  },
  sigmoid = {
    text = say "1 / (1 + exp(-x))", kept = "out", calls = say "logistic",
    forward = format "logistic($1)", backward = format "$1 * $2 * (1 - $2)",
  },
  silu = {
    text = say "x / (1 + exp(-x))", kept = "x", calls = say "silu",
    forward = format "silu($1)", backward = format "$1 * silu_slope($2)",
  },
  gelu = {
    text = gelu(say "x (1 + erf(x / sqrt(2))) / 2", say "x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2"),
    kept = "x", calls = gelu(say "gelu", say "gelu_tanh"),
    forward = gelu(format "gelu($1)", format "gelu_tanh($1)"),
    backward = gelu(format "$1 * gelu_slope($2)", format "$1 * gelu_tanh_slope($2)"),
  },
  scale = {
    text = function(a) return "x * " .. f32(a.factor) end,
    forward = function(a, x) return x .. " * " .. f32(a.factor) end,
    backward = function(a, d) return d .. " * " .. f32(a.factor) end,
  },
}
