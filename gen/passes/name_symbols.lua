-- The C name of every tensor: the spec's name with dots as underscores. Parameters are members of one
-- struct, reached through w (values), g (gradients) and one pointer for each state of the optimiser.
-- Names of the generated code itself, and a few of headers; gen/names.lua refuses those of C already.
local reserved = {}
for word in ([[w g n arena step BATCH exp_avg exp_avg_sq momentum result offsetof EOF signal gamma sqrt model_run
  images targets hyper weight gradient m v b d s i j first second dead count argument piece start keep fresh lr
  decay one_beta1 beta2 one_beta2 step_size root eps dead_decay tensors list entry last_logits values positions
  channels position num_batches_tracked tap average ema scale sums lanes squares square_piece sum_squares clip_scale
  toward average_by average_values swap_values visit visit_running average_counters by value kept added other
  average_batches_tracked dead_average weight_decay update_piece update_stretch all_finite run_forward run_backward
  run_evaluate]]):gmatch("%S+") do
  reserved[word] = true
end

-- What compilers know and headers of C declare: functions (of mathematics for double, float and long double).
local libraries = {}
for word in ([[acos asin atan2 acosh asinh atanh cosh sinh tanh exp2 expm1 frexp ilogb ldexp log10 log1p log2 logb modf
  scalbn scalbln cbrt fabs hypot erfc lgamma tgamma nearbyint lrint llrint lround llround trunc fmod remainder remquo
  copysign nan nextafter nexttoward fdim fmax fmin fma finite significand drem scalb isnan isinf isfinite isnormal signbit
  fpclassify isgreater isless isunordered acos cos sin tan atan exp log pow sqrt ceil floor rint round j0 j1 jn y0 y1 yn
  erf printf fprintf sprintf snprintf vprintf scanf sscanf puts putc putchar fputs fputc getc getchar fopen fclose
  isalnum isalpha isascii isblank iscntrl isdigit isgraph islower isprint ispunct isspace isupper isxdigit tolower toupper
  alloca bcmp bcopy bzero ffs index rindex fork execl execv execvp execve execle execlp imaxabs llabs div ldiv lldiv
  ]]):gmatch("%S+") do
  for _, suffix in ipairs { "", "f", "l" } do libraries[word .. suffix] = true end
end

-- Macros (capitals), types (_t), and what C keeps for its libraries (mem, str, wcs before a letter).
local function is_of_c(symbol)
  return libraries[symbol] or symbol:match("^[A-Z][A-Z%d_]*$") or symbol:match("_t$") or symbol:match("^mem%l")
    or symbol:match("^str%l") or symbol:match("^wcs%l")
end

-- model: the name of the whole, which begins those of the functions that the runtime calls.
local function identifier(name, model)
  local symbol = name:gsub("%.", "_")
  if reserved[symbol] or is_of_c(symbol) or symbol:match("^%d") or symbol:match("^_") or symbol:match("^model_") or symbol:match("^taps_")
    or symbol:sub(1, #model + 1) == model .. "_" then
    symbol = "net_" .. symbol
  end
  return symbol
end

-- Two names of the spec may meet in one identifier (a.b and a_b): the later one gets a number.
local function unique(symbol, taken)
  local candidate, number = symbol, 1
  while taken[candidate] do
    number = number + 1
    candidate = symbol .. "_" .. number
  end
  taken[candidate] = true
  return candidate
end

-- The functions that emission makes of scopes and phases.
local function reserve_functions(globals, node, model)
  local scope = node.scope ~= "" and identifier(node.scope, model)
  for _, stem in ipairs { scope or "stem", scope or "head", scope or "network" } do
    for _, phase in ipairs { "forward", "backward", "evaluate" } do globals[stem .. "_" .. phase] = true end
  end
end

return function(graph)
  local members, globals = {}, {}
  for _, instance in ipairs(graph.instances) do globals[instance.name] = true end
  for _, node in ipairs(graph.nodes) do reserve_functions(globals, node, graph.name) end
  for _, entry in ipairs(graph.update_order) do
    entry.member = unique(identifier(entry.name, graph.name), members)
  end
  for _, tensor in ipairs(graph.tensors) do
    local entry = tensor.entry
    if tensor.role == "result" then
      tensor.symbol = "&step.result"
    elseif tensor.role == "batch" then
      tensor.symbol = "step." .. tensor.name
    elseif graph.memory ~= "separate" and entry and entry.member
      and (tensor:is("member") or tensor.state and tensor.role == "state") then
      tensor.symbol = (tensor:is("member") or tensor.state) .. "->" .. entry.member
    else
      tensor.symbol = unique(identifier(tensor.name, graph.name), globals)
    end
  end
  for _, node in ipairs(graph.nodes) do
    node.scope_symbol = node.scope ~= "" and identifier(node.scope, graph.name) or ""
  end
end
