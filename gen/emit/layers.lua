-- The program as functions: one for each run of nodes of one scope, in each phase.
local drawing = require "emit.drawing"
local text = require "emit.text"

local layers = {}

local function shape_text(tensor)
  local s = tensor.shape
  if not s then return "[" .. table.concat(tensor.dims, "][") .. "]" end
  return string.format("[%d][%d][n][%d]", s.height, s.width, s.channels)
end

local function call(node)
  local list = {}
  if not node.instance.kernel.serial then list[1] = "&c->host" end
  for _, argument in ipairs(node.arguments) do list[#list + 1] = text.reach(argument.tensor) end
  for _, extra in ipairs(node.instance.extra) do list[#list + 1] = extra[3] end
  list[#list + 1] = "n"
  return node.instance.name .. "(" .. table.concat(list, ", ") .. ");"
end

-- The caller may read logits after the last node, too.
local function holds_logits(graph, block)
  for _, tensor in ipairs(block.tensors) do
    if tensor == graph.logits or tensor == graph.evaluated_logits then return true end
  end
end

-- Blocks that end with this node, for the build that poisons what is dead.
local function poisons(graph, time)
  local out = {}
  if graph.memory ~= "poison" then return out end
  for _, block in ipairs(graph.blocks) do
    if block.last == time and not holds_logits(graph, block) then
      out[#out + 1] = string.format("poison(%s, %d);", text.reach(block.tensors[1]), block.bytes)
    end
  end
  return out
end

local function statements(graph, node, time)
  local out = {}
  for _, tensor in ipairs(node.shared and { node:tensor(node.shared[1]) } or {}) do
    out[#out + 1] = string.format("/* %s lies over %s, which ends here. */", tensor.symbol, node:tensor(node.shared[2]).symbol)
  end
  out[#out + 1] = call(node)
  for _, line in ipairs(poisons(graph, time)) do out[#out + 1] = line end
  return out
end

-- Top-level nodes are told apart by where they stand; a backward program that frozen layers cut short may
-- be the head alone.
local function run_name(run, position, count, is_cut)
  if run.scope_symbol ~= "" then return run.scope_symbol end
  local backward = run.nodes[1].phase == "backward"
  if count == 1 then return backward and is_cut and "head" or "network" end
  if position == 1 then return backward and "head" or "stem" end
  if position == count then return backward and "stem" or "head" end
  return "part" .. (backward and count + 1 - position or position)
end

-- The functions of one phase: { name, scope, block (as the record has it), nodes, statements, ... } in the order of the
-- program; readers: of each tensor of the graph.
local function functions_of(graph, phase)
  local runs, blocks, readers = {}, {}, graph:readers()
  for _, block in ipairs(graph.record.scopes) do blocks[block.name] = block end
  for time, node in ipairs(graph.nodes) do
    if node.phase == phase then
      local run = runs[#runs]
      if not run or run.scope ~= node.scope then
        run = {
          scope = node.scope, scope_symbol = node.scope_symbol, block = blocks[node.scope], readers = readers, nodes = {},
          statements = {},
        }
        runs[#runs + 1] = run
      end
      run.nodes[#run.nodes + 1] = node
      for _, line in ipairs(statements(graph, node, time)) do run.statements[#run.statements + 1] = line end
    end
  end
  local suffix = phase == "evaluate" and "_evaluate" or "_" .. phase
  local taken = {}
  for i, run in ipairs(runs) do
    local name = run_name(run, i, #runs, #graph.freeze > 0) .. suffix
    taken[name] = (taken[name] or 0) + 1
    run.name = taken[name] > 1 and name .. "_" .. taken[name] or name
  end
  return runs
end

-- Tensors that come in from other functions and those that leave.
local function ends(run)
  local inside, read, inputs, outputs = {}, {}, {}, {}
  for _, node in ipairs(run.nodes) do inside[node] = true end
  local written = {}
  for _, node in ipairs(run.nodes) do
    for _, tensor in ipairs(node:reads()) do
      if not written[tensor] and not read[tensor] and tensor:is("drawn") then
        read[tensor] = true
        inputs[#inputs + 1] = tensor
      end
    end
    for _, tensor in ipairs(node:writes()) do written[tensor] = true end
  end
  for _, node in ipairs(run.nodes) do
    for _, tensor in ipairs(node:writes()) do
      if tensor:is("drawn") and written[tensor] then
        written[tensor] = nil
        for _, reader in ipairs(run.readers[tensor] or {}) do
          if reader.phase == node.phase and not inside[reader] then
            outputs[#outputs + 1] = tensor
            break
          end
        end
      end
    end
  end
  return inputs, outputs
end

local function list_of(tensors)
  local out = {}
  for i, tensor in ipairs(tensors) do out[i] = tensor.symbol .. " " .. shape_text(tensor) end
  return table.concat(out, ", ")
end

-- The comment above a function: what the spec says there, what comes in and what goes out.
local function comment(graph, run)
  local scope = run.block
  local first = run.nodes[1]
  local what
  if scope then
    what = string.format("%s = %s, %s:%d", scope.name, scope.text, graph.record.file, scope.line)
  else
    local from, to = first.line, first.line
    for _, node in ipairs(run.nodes) do from, to = math.min(from, node.line), math.max(to, node.line) end
    what = from == to and string.format("%s:%d", graph.record.file, from)
      or string.format("%s:%d-%d", graph.record.file, from, to)
  end
  local inputs, outputs = ends(run)
  local lines = { what }
  if first.phase == "backward" then lines[1] = what .. ", upside down" end
  if first.phase ~= "backward" then
    local drawn = drawing.lines(run)
    if #drawn > 0 then lines[#lines + 1] = "" end
    for _, line in ipairs(drawn) do lines[#lines + 1] = "  " .. line end
    if #drawn > 0 then lines[#lines + 1] = "" end
  end
  if #inputs > 0 and first.phase ~= "backward" then lines[#lines + 1] = "in   " .. list_of(inputs) end
  if #outputs > 0 then lines[#lines + 1] = "out  " .. list_of(outputs) end
  return (table.concat(lines, "\n * "):gsub(" +\n", "\n"))
end

local titles = {
  forward = "The network, as the spec tells it: one function for each of its blocks.",
  backward = "The forward program upside down. Each function takes the gradients of what its forward twin made and leaves those"
    .. " of what it was given, and of its parameters.",
  evaluate = "The network with running statistics.",
}

-- The program of a phase as its template shows it.
function layers.program(graph, phase)
  local functions = {}
  for i, run in ipairs(functions_of(graph, phase)) do
    local lines = {}
    for j, line in ipairs(run.statements) do lines[j] = text.wrap(line, 8) end
    functions[i] = { name = run.name, comment = comment(graph, run), lines = lines }
  end
  return { phase = phase, title = text.wrap_comment(titles[phase]), functions = functions }
end

return layers
