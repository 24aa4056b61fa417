-- The one data structure of the compiler: a program of nodes in the order in which they run, over tensors.
-- Each of its tables has the fields that are declared here and no others (fields.lua). Behind the name of a
-- field stands the pass that sets it, where that is not who makes the table.
local fields = require "fields"
local layout = require "layout"
local roles = require "roles"

local graph = {}

local Node, Tensor, Graph = {}, {}, {}

--   name, role       of roles.lua
--   shape            {height, width, channels} of one image: lies as [height][width][image][channel]
--   dims             extents of everything else, in order; "BATCH" stands for the images of a step
--   type             of an element, of layout.lua, by default its role's; count, bytes: of all elements
--   of               what a gradient is the gradient of
--   entry            the parameter or buffer (below) that it holds, or a part or the gradient of which
--   state            which state of the optimiser: "momentum", "exp_avg" ...
--   is_fixed         freeze_layers: no trained parameter has a part in it, so that it needs no gradient
--   first, last      plan_memory: the nodes between which it lives, as places in graph.nodes
--   offset           plan_memory: bytes from the arena's start
--   gathering        gather_arguments: what it is a member of, as `key`
--   symbol, struct   name_symbols: the member of the context that it is, or of the struct of parameters there
local make_tensor = fields.declare("tensor", [[name role shape dims type count bytes of entry state is_fixed first last
  offset gathering key symbol struct]], Tensor)

--   op, phase        forward, backward, update, evaluate
--   name, scope      the layer's and its block's, as the spec tells them; line: where
--   attributes       of the op, or of the forward node's (ops/)
--   arguments        in the order of the C function
--   forward          the forward node that a backward or evaluation node belongs to
--   fused            fuse_ops: texts of what was joined to it
--   loads            load_norms: the batch norm, with relu, that it applies to x as it loads it
--   loaders          load_norms: of a batch norm, the nodes that read what it makes, if what costs choose for each could apply it so
--   notes            of the update, for print
--   stage            grow_backward: from which stage of freezing on it is idle; nil: never
--   taps             prune_dead: a convolution's live taps; flop, flop_live_taps, flop_unpruned: of its live pairs
--                    of tap and output, of all outputs of live taps, of everything
--   instance         choose_kernels: its C function; inplace: which arguments may share memory there; flop_done
--   shared           plan_memory: {out key, in key} that do share; dead: blocks that are filled with NaN after it
graph.node_of = fields.declare("node", [[op phase name scope line attributes arguments forward fused loads loaders notes stage taps flop
  flop_live_taps flop_unpruned instance inplace flop_done shared dead]], Node)

--   prefix           begins the names that other code sees; output: of outputs/
--   record, batch    the spec as recorded, and images of a step; target, tuning, memory, form, freeze, options, folder: as
--                    asked for
--   conditions       those options that choices of algorithms are made for, as text
--   nodes, tensors
--   parameters       build_graph: entries of the state_dict, in the spec's order; images, targets, result, batches; label_type:
--                    of layout.lua, which holds every class
--   logits           build_graph; evaluated_logits: grow_evaluation
--   freezes          grow_backward: stages of freezing, in their order
--   least_images     bound_batch: of a training step
--   update, update_order   grow_update
--   pruned           prune_dead
--   packed           fold_batch_norms: what fixed weights are made of
--   instances        choose_kernels: the C functions; instance_names, instance_by_key: to find them; scratch_bytes:
--                    what each running thread needs, product_scratch: floats of it that products need; outside: zeros that
--                    kernels read in place of what lies beside an image, at most
--   gatherings       gather_arguments
--   tap_maps         name_symbols
--   blocks, regions, stretches, plan  plan_memory; suspects: tensors that may be looked at when a loss is not finite,
--                    causes before consequences; gaps: what nobody may touch
--   functions        form_functions; numbers, compiled_in   offer_numbers
--   unfrozen         the same network with nothing frozen, for the report
local make_graph = fields.declare("graph", [[name prefix output record batch target tuning conditions memory form freeze options
  folder nodes tensors parameters images targets result batches label_type logits evaluated_logits freezes least_images update
  update_order pruned packed instances instance_names instance_by_key scratch_bytes product_scratch outside gatherings tap_maps
  blocks regions stretches plan suspects gaps functions numbers compiled_in unfrozen]], Graph)

-- What a node does with a tensor: `key` is what the node knows it as, `mode` "r", "w" or "rw".
local make_argument = fields.declare("argument", "key tensor mode")

-- What the update does, by grow_update: whether gradients are clipped and values averaged; lookahead: with its options, or
-- nil; groups of entries; the rules by which these move; running statistics with their averages and slow ones, {value, average,
-- slow}; common: by name, the states that each entry has.
graph.update = fields.declare("update", "clip ema lookahead groups rules running common")

-- Entries that move alike, by grow_update: by which rule, by which factors of its numbers; text: which they are and how they
-- move, for people; optimizer: with its options, where it is their own, and its numbers are not the step's. dead (prune_dead):
-- what happens to its dead taps, as optimizers.lua says; stage: from which stage of freezing on it stays, or nil; slot:
-- which of the groups it is, from 0, of those that have factors.
graph.group = fields.declare("group", "entries! rule! lr! weight_decay! momentum! text! optimizer stage dead slot")

-- What could apply a batch norm on load, by load_norms: nodes; times: how often one of them loads each value, at most; can:
-- whether each can by what a file of choices has it done by.
graph.loaders = fields.declare("loaders", "nodes! times! can!")

-- A stage of freezing, by freeze_later.lua: after so many epochs these entries stay, and these backward nodes are idle from
-- then on.
graph.stage = fields.declare("stage", "epochs! entries! nodes!")

-- A formula of an optimiser, by grow_update: optimizer, with its options; of: what optimizers.lua says of that; name, of its
-- functions in C; decays: whether weight decay is part of it; flags: what else is.
graph.rule = fields.declare("rule", "optimizer! of! name! decays! flags!")

-- The memory plan in bytes, by plan_memory: room for the context, where what stays from step to step ends, and where what is
-- always there does (each with what was named before), where the scratch of units in the caller begins, all, and no less than
-- which any plan needs, which is so at node `peak`; weights: those that lie apart.
graph.plan = fields.declare("plan", "context state persistent scratch total lower_bound peak weights")

-- What the update runs over at once, by plan_memory: values, gradients and states from `entry` on, `offset` bytes into
-- the parameters, `count` values of one group.
graph.stretch = fields.declare("stretch", "entry offset count group")

-- What prune_dead removed: nodes, how many parameters, bytes of gradients and states.
graph.pruned = fields.declare("pruned", "nodes parameters bytes")

-- What of the state_dict lies packed in weights that are fixed, by fold_batch_norms: entries of a layer's weight and bias
-- and the norm that is folded into both; the tensors that they become; strides (choose_kernels): how the weight lies, as
-- layout.packed_strides says.
graph.packed = fields.declare("packed weight", "weight bias norm to_weight to_bias strides")
graph.norm = fields.declare("folded norm", "gamma beta mean variance eps")

-- An entry of the state_dict: a parameter or a buffer.
--   name, layer, type, dims, init, scale     as PyTorch has it, weight_init.lua says how it starts; groups: of a convolution's
--                                            weight
--   is_parameter, trainable, counter         counter: num_batches_tracked, which has no tensor; index (plan_memory): its
--                                            place among them all
--   tensor, gradient (grow_backward), states and group (grow_update), frozen (freeze_layers)
--   fill             plan_memory: values from its end to the next cache line, where the next parameter begins
--   stage            grow_backward: from which stage of freezing on it stays; nil: never
--   taps, dead, dead_states                  prune_dead: map of taps, tensors of those that only meet padding; map
--                                            (name_symbols): that map's name in C
graph.entry = fields.declare("entry", [[name layer type dims init scale groups is_parameter trainable counter index tensor
  gradient states stage group frozen fill taps map dead dead_states]])

local Instance = {}

-- A C function of the kernels, by choose_kernels: the algorithm (kernels/), what its template sees beside the standard
-- values, the arguments of all nodes that call it, their names (as a list and a set), further C parameters.
-- Where nodes that differ share it: `lacks` has the keys of arguments that some of them have not, `adds` whether what its
-- kernel may add to is "always" added to, "never", or "sometimes".
graph.instance = fields.declare("instance", "name kernel values arguments users is_user extra lacks adds", Instance)

-- Whether any of its nodes has that argument.
function Instance:has(key)
  for _, argument in ipairs(self.arguments) do
    if argument.key == key then return true end
  end
  return false
end

-- The tensors that kernels take as one struct (kernels/structs.lua), by gather_arguments: of which layer, the struct, its
-- members as {key, tensor}, how many elements each has; symbol (name_symbols): its place in the context.
graph.gathering = fields.declare("gathering", "layer struct members count symbol")

-- A map of taps that convolutions' weights have in common, by name_symbols: for each tap of the kernel its place in memory.
graph.tap_map = fields.declare("tap map", "symbol taps")

-- A C function of a program, by form_functions: calls of nodes of one scope.
graph.function_of = fields.declare("function", "phase scope name nodes")

-- A number of the train table, by offer_numbers: what its word says of it, what it takes in words, and limits that
-- both will do, the smallest and largest number there is where there are none.
graph.number = fields.declare("number", "name type about unit takes low high")

-- Tensors that lie over each other, by plan_memory: what lives from node `first` to `last` at `offset`.
graph.block = fields.declare("block", "tensors bytes first last index offset")

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

function Node:remove(tensor)
  for i = #self.arguments, 1, -1 do
    if self.arguments[i].tensor == tensor then table.remove(self.arguments, i) end
  end
end

-- Gives the node one more argument, the last or the one at that place.
function Node:add(key, tensor, mode, place)
  table.insert(self.arguments, place or #self.arguments + 1, make_argument { key = key, tensor = tensor, mode = mode })
end

-- arguments: a list of {key, tensor, mode}; entries without a tensor are left out.
function graph.arguments(list)
  local arguments = {}
  for i = 1, list.n or #list do
    local entry = list[i]
    if entry and entry[2] then
      arguments[#arguments + 1] = make_argument { key = entry[1], tensor = entry[2], mode = entry[3] }
    end
  end
  return arguments
end

-- Makes a node; fields as above, `arguments` as graph.arguments takes them.
function graph.node(node)
  node.arguments = graph.arguments(node.arguments)
  return graph.node_of(node)
end

function graph.new(values)
  values.nodes, values.tensors = {}, {}
  return make_graph(values)
end

-- What follows from the tensor's role.
function Tensor:is(consequence) return roles[self.role][consequence] or false end

-- Makes it one of elements of that type.
function Tensor:retype(type)
  self.type, self.bytes = type, self.count * layout.bytes(type)
end

-- Sets the extents of a tensor without a shape, and what follows from them.
function Tensor:resize(dims, batch)
  self.dims, self.count = dims, 1
  for _, d in ipairs(dims) do self.count = self.count * (d == "BATCH" and batch or d) end
  self.bytes = self.count * layout.bytes(self.type)
end

-- Adds a tensor. `shape` ({height, width, channels} of one image) or `dims` (a list, in which "BATCH" stands
-- for the images of a step) says how large it is.
function Graph:tensor(values)
  local tensor = make_tensor(values)
  tensor.type = tensor.type or roles[tensor.role].type
  if tensor.shape then
    local s = tensor.shape
    tensor.count = s.height * s.width * s.channels * self.batch
    tensor.bytes = tensor.count * layout.bytes(tensor.type)
  else
    tensor:resize(tensor.dims, self.batch)
  end
  self.tensors[#self.tensors + 1] = tensor
  return tensor
end

-- Whether a tensor is of that type.
function Graph:stores(type)
  for _, tensor in ipairs(self.tensors) do
    if tensor.type == type then return true end
  end
  return false
end

function Graph:append(values)
  local node = graph.node(values)
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

-- Makes the list the nodes; false stands where a pass took one out.
function Graph:keep_nodes(list)
  self.nodes = {}
  for _, node in ipairs(list) do
    if node then self.nodes[#self.nodes + 1] = node end
  end
end

-- Removes the tensors that no node touches, but for those of which keeps(tensor) is true: persistent ones, where it isn't
-- said.
function Graph:drop_unused_tensors(keeps)
  local used, kept = {}, {}
  for _, node in ipairs(self.nodes) do
    for _, argument in ipairs(node.arguments) do used[argument.tensor] = true end
  end
  keeps = keeps or function(tensor) return tensor:is("persistent") end
  for _, tensor in ipairs(self.tensors) do
    if used[tensor] or keeps(tensor) then kept[#kept + 1] = tensor end
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
