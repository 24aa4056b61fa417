-- The one data structure of the compiler: a program of nodes in the order in which they run, over tensors.
--
--   tensor  { name, role, shape = {height, width, channels}, dims, type, count, bytes }
--           role: image, activation, gradient, parameter, parameter_gradient, state, buffer, average (of a buffer),
--           frozen, dead, statistic, workspace,
--           batch (what the caller of a step passes), data (batches being made ready)
--           is_fixed: no trained parameter has a part in it, so that it needs no gradient (freeze_layers)
--           An activation or gradient has a shape for one image and lies in memory as
--           [height][width][image][channel]; everything else has plain dims.
--   node    { op, phase, name, scope, line, attributes, arguments = { {key, tensor, mode} ... } }
--           phase: forward, backward, update, evaluate; mode: "r", "w" or "rw".
--           The arguments, in their order, are those of the C function that the node becomes.
local graph = {}

local Graph = {}
Graph.__index = Graph

local Node = {}
Node.__index = Node

-- The tensor that the node knows as `key`, or nil.
function Node:tensor(key)
  for _, argument in ipairs(self.arguments) do
    if argument.key == key then return argument.tensor end
  end
end

-- All tensors that the node reads ("r", "rw") or writes ("w", "rw"), in the order of its arguments.
local function tensors_of(node, letter)
  local list = {}
  for _, argument in ipairs(node.arguments) do
    if argument.mode:find(letter, 1, true) then list[#list + 1] = argument.tensor end
  end
  return list
end

function Node:reads() return tensors_of(self, "r") end
function Node:writes() return tensors_of(self, "w") end

function Node:replace(old, new)
  for _, argument in ipairs(self.arguments) do
    if argument.tensor == old then argument.tensor = new end
  end
end

function Node:remove(key)
  for i, argument in ipairs(self.arguments) do
    if argument.key == key then return table.remove(self.arguments, i) end
  end
end

-- arguments: a list of {key, tensor, mode}; entries without a tensor are left out.
function graph.arguments(list)
  local arguments = {}
  for i = 1, list.n or #list do
    local entry = list[i]
    if entry and entry[2] then
      arguments[#arguments + 1] = { key = entry[1], tensor = entry[2], mode = entry[3] }
    end
  end
  return arguments
end

-- Makes a node; fields as above, `arguments` as graph.arguments takes them.
function graph.node(fields)
  fields.arguments = graph.arguments(fields.arguments)
  fields.attributes = fields.attributes or {}
  return setmetatable(fields, Node)
end

function graph.new(fields)
  fields.nodes, fields.tensors = {}, {}
  return setmetatable(fields, Graph)
end

local element_bytes = { float = 4, uint8 = 1, uint16 = 2, uint32 = 4 }

-- The smallest type that holds the whole numbers from 0 to `largest`.
function graph.unsigned(largest)
  for bits = 8, 32, 8 do
    local type = "uint" .. bits
    if element_bytes[type] and largest < 1 << bits then return type end
  end
  error(string.format("no type holds %d", largest))
end

-- Adds a tensor. `shape` ({height, width, channels} of one image) or `dims` (a list, in which "BATCH" stands
-- for the images of a step) says how large it is.
function Graph:tensor(fields)
  local count = 1
  if fields.shape then
    local s = fields.shape
    count = s.height * s.width * s.channels * self.batch
  else
    for _, d in ipairs(fields.dims) do count = count * (d == "BATCH" and self.batch or d) end
  end
  fields.type = fields.type or "float"
  fields.count = count
  fields.bytes = count * element_bytes[fields.type]
  self.tensors[#self.tensors + 1] = fields
  return fields
end

function Graph:append(fields)
  local node = graph.node(fields)
  self.nodes[#self.nodes + 1] = node
  return node
end

-- The nodes of one phase, in order.
function Graph:phase(name)
  local list = {}
  for _, node in ipairs(self.nodes) do
    if node.phase == name then list[#list + 1] = node end
  end
  return list
end

-- Removes the tensors that no node touches, persistent ones excepted.
function Graph:drop_unused_tensors()
  local used, kept = {}, {}
  for _, node in ipairs(self.nodes) do
    for _, argument in ipairs(node.arguments) do used[argument.tensor] = true end
  end
  for _, tensor in ipairs(self.tensors) do
    if used[tensor] or tensor.persistent then kept[#kept + 1] = tensor end
  end
  self.tensors = kept
end

-- Of each tensor the first node of the phase that writes it.
function Graph:producers(phase)
  local producers = {}
  for _, node in ipairs(self:phase(phase)) do
    for _, tensor in ipairs(node:writes()) do producers[tensor] = producers[tensor] or node end
  end
  return producers
end

-- Of each tensor that is read the nodes that do, in order; one that reads it twice stands there twice.
function Graph:readers()
  local readers = {}
  for _, node in ipairs(self.nodes) do
    for _, tensor in ipairs(node:reads()) do
      readers[tensor] = readers[tensor] or {}
      table.insert(readers[tensor], node)
    end
  end
  return readers
end

-- Text of a tensor's extent: 16x16x128 for an activation, 9x64x128 for the rest.
function graph.extent(tensor)
  local s = tensor.shape
  if s then return string.format("%dx%dx%d", s.height, s.width, s.channels) end
  return table.concat(tensor.dims, "x")
end

return graph
