-- Gives every node one of the algorithms that can do it: what a file of make tune says, else the cheapest that takes its
-- shape on this target. An algorithm is a file in gen/kernels and a template; this pass knows none of them by name.
--
-- Nodes of equal shape share one instance (one C function). An algorithm's workspace becomes a tensor
-- that lives as long as the node; its scratch is room that each thread has of its own, for one unit at a time.
local fields = require "fields"
local graph_module = require "graph"
local kernels = require "kernels"
local layout = require "layout"
local products = require "kernels.products"
local tuning = require "tuning"

local function chosen(node, target)
  return kernels.chosen(node, target) or error(string.format("no kernel takes %s %s", node.op, node.name), 0)
end

-- Lays a fixed weight as its algorithm wants it; the panels of all are in `panels`, by tensor.
local function pack_weight(graph, node, kernel, panels)
  if not kernel.panel then return end
  local panel, weight = kernel.panel(node, graph), node:tensor("weight")
  weight:resize({ panel.groups, -(-panel.columns // panel.width), panel.rows, panel.width }, graph.batch)
  panels[weight] = panel
end

-- Names of algorithm and shape can leave out details (an unusual padding, say): instances of one name
-- that differ are told apart by a number. The key is all that the template sees.
local function intern(graph, name, key, make)
  if not graph.instance_by_key[key] then
    local unique, number = name, 1
    while graph.instance_names[unique] do
      number = number + 1
      unique = name .. "_" .. number
    end
    graph.instance_names[unique] = true
    graph.instance_by_key[key] = make(unique)
    graph.instances[#graph.instances + 1] = graph.instance_by_key[key]
  end
  return graph.instance_by_key[key]
end

local function has_key(list, key)
  for _, entry in ipairs(list or {}) do
    if entry == key then return true end
  end
  return false
end

-- What tells nodes apart that can't share a C function.
local function identity(node, kernel, values)
  local key = { kernel.template, kernels.serialise(values) }
  for _, argument in ipairs(node.arguments) do
    if not has_key(kernel.may_lack, argument.key) then
      local mode = kernel.may_add == argument.key and "w or rw" or argument.mode
      key[#key + 1] = argument.key .. mode .. layout.key(argument.tensor)
    end
  end
  return table.concat(key, "|")
end

-- The arguments of both lists, in the order of either; `other` has some that `list` has not.
local function merge(list, other)
  local known, merged, next = {}, {}, 1
  for _, argument in ipairs(list) do known[argument.key] = true end
  for _, argument in ipairs(list) do
    while other[next] and not known[other[next].key] do merged[#merged + 1], next = other[next], next + 1 end
    if other[next] and other[next].key == argument.key then next = next + 1 end
    merged[#merged + 1] = argument
  end
  return table.move(other, next, #other, #merged + 1, merged)
end

-- Takes in what this node has and others have not, and the other way round.
local function share(instance, node, kernel)
  local is_new = false
  for _, key in ipairs(kernel.may_lack or {}) do
    local has = node:tensor(key) ~= nil
    if instance:has(key) ~= has then instance.lacks[key], is_new = true, is_new or has end
  end
  if is_new then instance.arguments = merge(instance.arguments, node.arguments) end
  for _, argument in ipairs(node.arguments) do
    if argument.key == kernel.may_add then
      local adds = argument.mode == "rw" and "always" or "never"
      instance.adds = (not instance.adds or instance.adds == adds) and adds or "sometimes"
    end
  end
end

-- Which arguments may share memory: none that is also what the kernel reads around each output.
local function inplace_of(node, kernel)
  local list = {}
  for _, pair in ipairs(kernel.inplace or {}) do
    if not kernel.around or node:tensor(pair[2]) ~= node:tensor(kernel.around) then list[#list + 1] = pair end
  end
  return list
end

-- A layer often calls one kernel in training and in evaluation; it is named once.
local function add_user(instance, name)
  if instance.is_user[name] then return end
  instance.is_user[name] = true
  instance.users[#instance.users + 1] = name
end

-- What an optimiser of matrices works in: the matrix twice, and two squares of its lesser extent, for the largest of all.
local function add_matrices(graph, node)
  local most, side = 0, 0
  for _, entry in ipairs(graph.update_order) do
    if entry.group.rule.of.matrices then
      most, side = math.max(most, entry.tensor.count), math.max(side, (select(2, layout.matrix(entry.tensor))))
    end
  end
  if most == 0 then return end
  for _, need in ipairs { { "from", most }, { "to", most }, { "gram", side * side }, { "polynomial", side * side } } do
    node:add(need[1], graph:tensor { name = "muon." .. need[1], role = "workspace", dims = { need[2] } }, "w")
  end
end

return function(graph)
  graph.instances, graph.instance_names, graph.instance_by_key = {}, {}, {}
  graph.outside = 0
  if graph.tuning then tuning.check(graph) end
  local scratch, panels = 0, {}
  for _, node in ipairs(graph.nodes) do
    if node.phase ~= "update" then
      local kernel = chosen(node, graph.target)
      local values = fields.seal("kernel of " .. node.op .. " with values", kernel.values and kernel.values(node, graph) or {})
      pack_weight(graph, node, kernel, panels)
      for _, need in ipairs(kernel.workspace and kernel.workspace(node, values, graph) or {}) do
        local tensor = graph:tensor {
          name = node.name .. "." .. need.key .. "." .. node.op, role = "workspace", dims = need.dims,
        }
        if node.phase == "evaluate" then tensor.name = "eval." .. tensor.name end
        node:add(need.key, tensor, "w")
      end
      graph.outside = math.max(graph.outside, fields.get(values, "outside") or 0)
      scratch = math.max(scratch, kernel.scratch and kernel.scratch(values) or 0)
      node.inplace = inplace_of(node, kernel)
      node.instance = intern(graph, kernel.name(node), identity(node, kernel, values), function(name)
        return graph_module.instance {
          name = name, kernel = kernel, values = values, arguments = node.arguments, users = {}, is_user = {},
          extra = kernel.extra or {}, lacks = {},
        }
      end)
      share(node.instance, node, kernel)
      add_user(node.instance, node.name)
      node.flop_done = node.flop and (kernel.flop and kernel.flop(node) or node.flop)
    else
      add_matrices(graph, node)
    end
  end
  for _, packed in ipairs(graph.packed or {}) do
    packed.strides = layout.packed_strides(packed.weight.dims, packed.weight.groups, panels[packed.to_weight])
  end
  graph.product_scratch = graph.packed and 0 or products.packed(graph.target) -- fixed weights lie in panels already
  graph.scratch_bytes = math.max(64, (graph.product_scratch + scratch) * layout.bytes "f32")
end
