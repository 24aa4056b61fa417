-- Groups of parameters: which names a pattern stands for, and what becomes of a group.
local compile = require "compile"
local glob = require "glob"
local harness = require "harness"
local parameter_groups = require "parameter_groups"
local test, equal, same_list = harness.test, harness.equal, harness.same_list

test("a * stands for any characters", function()
  for _, case in ipairs {
    { "conv1.weight", "conv1.weight", true }, { "conv1.weight", "conv1.weights", false }, { "*", "a.weight", true },
    { "*.bias", "layer1.0.bn1.bias", true }, { "*.bias", "bias", false }, { "conv*.weight", "conv1.weight", true },
    { "conv*.weight", "layer1.conv1.weight", false }, { "*conv*.weight", "layer1.0.conv1.weight", true },
    { "a*b*a", "aba", true }, { "a*a", "a", false }, { "ab*ba", "aba", false }, { "*ab*ab", "abcab", true }, { "*ab*ab", "cab", false },
    { "**", "a", true }, { "a.b", "acb", false }, { "%w*", "a", false }, { "", "a", false },
  } do equal(glob.matches(case[1], case[2]), case[3], case[1] .. " " .. case[2]) end
end)

test("many stars take no time", function()
  local start = os.clock()
  equal(glob.matches(string.rep("*a", 5000) .. "*b", string.rep("a", 100)), false)
  equal(glob.matches(string.rep("a*", 40) .. "b", string.rep("a", 100000)), false)
  equal(os.clock() - start < 1, true, "seconds")
end)

local function names(entries)
  local list = {}
  for i, entry in ipairs(entries) do list[i] = entry.name end
  return list
end

test("groups are stretches, the rest first, each with its numbers", function()
  local graph = compile("tests/specs/ops/update_groups.lua")
  local groups = graph.update.groups
  equal(#groups, 5)
  same_list(names(groups[1].entries), { "a.weight" })
  same_list(names(groups[2].entries), { "b.bias", "bn.weight", "bn.bias" })
  equal(groups[2].lr, 4.0)
  equal(groups[2].weight_decay, 0.0)
  equal(groups[2].momentum, 0.5)
  equal(groups[2].optimizer, nil)
  equal(groups[3].optimizer.kind, "adam")
  equal(groups[3].dead, "state")
  equal(groups[4].rule == groups[5].rule and groups[4].rule ~= groups[3].rule, true, "rules")
  same_list(names(groups[5].entries), { "fc.bias" })
  equal(groups[5].weight_decay, 0)
  equal(#graph.stretches, 5)
  equal(#compile("tests/specs/ops/update_groups.lua", nil, { memory = "separate" }).stretches, 7)
end)

test("what freezing leaves of a group", function()
  local graph = compile("tests/specs/ops/update_groups.lua", nil, { freeze = { "bn", "b" } })
  local kinds = {}
  for i, group in ipairs(graph.update.groups) do kinds[i] = table.concat(names(group.entries), " ") end
  same_list(kinds, { "a.weight", "fc.weight", "fc.bias" })
  equal(#graph.update.rules, 2)
end)

test("states that all have lie in a struct, others by themselves", function()
  local graph = compile("tests/specs/golden/optimizers.lua")
  same_list({ graph.update.common.slow, graph.update.common.average, graph.update.common.momentum }, { true, true })
  for _, entry in ipairs(graph.update_order) do
    local seen = {}
    for i, state in ipairs(entry.states) do seen[i] = state.state end
    same_list({ seen[#seen - 1], seen[#seen] }, { "slow", "average" })
  end
end)

test("groups in words", function()
  local train = compile("tests/specs/golden/optimizers.lua").record.train
  equal(parameter_groups.describe(train), "a.weight, b.weight: muon, learning rate x 24; b.bias: lion, learning rate x 0.01; "
    .. "bn.*: learning rate x 64, weight decay x 0")
end)
