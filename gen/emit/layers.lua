-- The programs, function by function (form_functions), as C.
local drawing = require "emit.drawing"
local text = require "emit.text"

local layers = {}

local function shape_text(tensor)
  local s = tensor.shape
  if not s then return "[" .. table.concat(tensor.dims, "][") .. "]" end
  return string.format("[%d][%d][n][%d]", s.height, s.width, s.channels)
end

local function gathering_of(node)
  for _, argument in ipairs(node.arguments) do
    if argument.tensor.gathering then return argument.tensor.gathering end
  end
end

local function call(node)
  local list = {}
  if not node.instance.kernel.serial then list[1] = "&c->host" end
  local added
  text.each_parameter(node.instance, function(argument)
    local tensor = argument and node:tensor(argument.key)
    list[#list + 1] = not argument and "&c->" .. gathering_of(node).symbol or tensor and text.reach(tensor) or "NULL"
  end)
  for _, argument in ipairs(node.arguments) do
    if argument.key == node.instance.kernel.may_add then added = argument.mode == "rw" end
  end
  if node.instance.adds == "sometimes" then list[#list + 1] = added and "1" or "0" end
  for _, extra in ipairs(node.instance.extra) do list[#list + 1] = text.of_step(extra).reach end
  list[#list + 1] = "n"
  return node.instance.name .. "(" .. table.concat(list, ", ") .. ");"
end

local function statements(node)
  local out = {}
  for _, tensor in ipairs(node.shared and { node:tensor(node.shared[1]) } or {}) do
    out[#out + 1] = string.format("/* %s lies over %s, which ends here. */", tensor.symbol, node:tensor(node.shared[2]).symbol)
  end
  if node.stage then out[#out + 1] = string.format("if (c->hyper->frozen < %d)", node.stage) end
  out[#out + 1] = (node.stage and "    " or "") .. call(node)
  for _, block in ipairs(node.dead or {}) do
    out[#out + 1] = string.format("poison(%s, %d);", text.reach(block.tensors[1]), block.bytes)
  end
  return out
end

-- Tensors that come in from other functions and those that leave.
local function ends(f, readers)
  local inside, read, inputs, outputs = {}, {}, {}, {}
  for _, node in ipairs(f.nodes) do inside[node] = true end
  local written = {}
  for _, node in ipairs(f.nodes) do
    for _, tensor in ipairs(node:reads()) do
      if not written[tensor] and not read[tensor] and tensor:is("drawn") then
        read[tensor] = true
        inputs[#inputs + 1] = tensor
      end
    end
    for _, tensor in ipairs(node:writes()) do written[tensor] = true end
  end
  for _, node in ipairs(f.nodes) do
    for _, tensor in ipairs(node:writes()) do
      if tensor:is("drawn") and written[tensor] then
        written[tensor] = nil
        for _, reader in ipairs(readers[tensor] or {}) do
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
local function comment(graph, f, scope, readers)
  local first = f.nodes[1]
  local what
  if scope then
    what = string.format("%s = %s, %s:%d", scope.name, scope.text, graph.record.file, scope.line)
  else
    local from, to = first.line, first.line
    for _, node in ipairs(f.nodes) do from, to = math.min(from, node.line), math.max(to, node.line) end
    what = from == to and string.format("%s:%d", graph.record.file, from)
      or string.format("%s:%d-%d", graph.record.file, from, to)
  end
  local inputs, outputs = ends(f, readers)
  local lines = { what }
  if first.phase == "backward" then lines[1] = what .. ", upside down" end
  if first.phase ~= "backward" then
    local drawn = drawing.lines(f)
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
  local functions, scopes, readers = {}, {}, graph:readers()
  for _, scope in ipairs(graph.record.scopes) do scopes[scope.name] = scope end
  for _, f in ipairs(graph.functions) do
    if f.phase == phase then
      local lines = {}
      for _, node in ipairs(f.nodes) do
        for _, line in ipairs(statements(node)) do lines[#lines + 1] = line end
      end
      functions[#functions + 1] = { name = f.name, comment = comment(graph, f, scopes[f.scope], readers), lines = lines }
    end
  end
  return { phase = phase, title = titles[phase], functions = functions }
end

return layers
