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

local function identifier(name)
  local symbol = name:gsub("%.", "_")
  if reserved[symbol] or symbol:match("^%d") or symbol:match("^_") or symbol:match("^model_") then
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
local function reserve_functions(globals, node)
  local scope = node.scope ~= "" and identifier(node.scope)
  for _, stem in ipairs { scope or "stem", scope or "head", scope or "network" } do
    for _, phase in ipairs { "forward", "backward", "evaluate" } do globals[stem .. "_" .. phase] = true end
  end
end

local prefixes = { parameter = "w", parameter_gradient = "g" }

return function(graph)
  local members, globals = {}, {}
  for _, instance in ipairs(graph.instances) do globals[instance.name] = true end
  for _, node in ipairs(graph.nodes) do reserve_functions(globals, node) end
  for _, entry in ipairs(graph.update_order) do
    entry.member = unique(identifier(entry.name), members)
  end
  for _, tensor in ipairs(graph.tensors) do
    local entry = tensor.entry
    if tensor.role == "result" then
      tensor.symbol = "&step.result"
    elseif tensor.role == "batch" then
      tensor.symbol = "step." .. tensor.name
    elseif graph.memory ~= "separate" and entry and entry.member
      and (prefixes[tensor.role] or tensor.role == "state") then
      tensor.symbol = (prefixes[tensor.role] or tensor.state) .. "->" .. entry.member
    else
      tensor.symbol = unique(identifier(tensor.name), globals)
    end
  end
  for _, node in ipairs(graph.nodes) do
    node.scope_symbol = node.scope ~= "" and identifier(node.scope) or ""
  end
end
