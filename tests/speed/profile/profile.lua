-- For castnet --with: the output `profiler`, a trainer that says at its end how long each kernel ran, by layer and
-- direction. A trainer proper has none of it. `tuner`, for make tune: the same, but kernels are called by the line of a file of
-- choices that stands for them, SHAPE/ALGORITHM.
local kernels = require "kernels"
local layers = require "emit.layers"
local trainer = require "outputs.trainer"

local directions = {
  conv_grad_input = "input gradient", conv_grad_weight = "weight gradient", linear_grad_input = "input gradient",
  linear_grad_weight = "weight gradient",
}

-- Nodes that are calls, in order: their rows are numbered from 0.
local function calls(graph)
  local list = {}
  for _, node in ipairs(graph.nodes) do
    if node.phase ~= "update" then list[#list + 1] = node end
  end
  return list
end

local function kernel_name(node) return node.instance.name end

local function choice(node)
  local kernel = node.instance.kernel
  return kernels.choice(kernel, node) .. "/" .. kernel.algorithm
end

-- named(node): what its kernel is called.
local function rows(named)
  return function(graph)
    local list = {}
    for i, node in ipairs(calls(graph)) do
      list[i] = string.format('"%s", "%s", "%s", %.6f, %.6f', node.name, directions[node.op] or node.phase, named(node),
        (node.flop or 0) / 1e9, (node.flop_done or 0) / 1e9)
    end
    return { rows = list }
  end
end

-- The program of a phase with its calls timed.
local function timed(phase)
  return function(graph)
    local program, row = layers.program(graph, phase), 0
    for _, node in ipairs(calls(graph)) do
      if node.phase == phase then break end
      row = row + 1
    end
    for _, f in ipairs(program.functions) do
      local lines = {}
      for _, line in ipairs(f.lines) do
        local is_call = not line:find("^/%*")
        if is_call then lines[#lines + 1] = graph.prefix .. "_profile_begin();" end
        lines[#lines + 1] = line
        if is_call then
          lines[#lines + 1] = string.format("%s_profile_end(%d);", graph.prefix, row)
          row = row + 1
        end
      end
      f.lines = lines
    end
    return { program = program }
  end
end

local function output(name, named)
  local files = { { "profile.h" }, { "profile.c", values = rows(named) } }
  for _, file in ipairs(trainer.files) do
    local copy = {}
    for key, value in pairs(file) do copy[key] = value end
    if copy.phase then copy[2], copy.values, copy.phase = "timed_program.c", timed(copy.phase), nil end
    files[#files + 1] = copy
  end
  return {
    name = name, trains = true, passes = trainer.passes, files = files, reports = trainer.reports, programs = trainer.programs,
    rooms = trainer.rooms,
  }
end

return { outputs = { output("profiler", kernel_name), output("tuner", choice) } }
