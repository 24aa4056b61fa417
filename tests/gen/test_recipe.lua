-- Which numbers of a recipe the command line may change: none that the code was compiled without.
local harness = require "harness"
local data = require "spec.data"
local offer_numbers = require "passes.offer_numbers"
local test, equal = harness.test, harness.equal

local head = [[return net.model { name = "m", loss = net.cross_entropy {},
  input = { batch = 2, height = 4, width = 4, channels = 1 },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 2 }) end, train = { epochs = 5, ]]

local function offered(record)
  local graph = { record = record }
  offer_numbers(graph)
  return graph
end

local function names_of(train)
  local names = {}
  for _, number in ipairs(offered(assert(harness.load_text(head .. train .. " } }"))).numbers) do
    names[#names + 1] = number.name
    names[number.name] = number
  end
  return names
end

local function expect(train, list)
  equal(table.concat(names_of(train), " "), list, train)
end

test("numbers of a recipe", function()
  local augment = " warmup crop_padding flip cutout random_erasing mixup cutmix"
  expect("optimizer = net.sgd {}", "epochs patience lr" .. augment)
  expect("optimizer = net.sgd { momentum = 0.9, weight_decay = 1e-4 }",
    "epochs patience lr momentum dampening weight_decay" .. augment)
  expect("optimizer = net.sgd { momentum = 0.9, nesterov = true }, schedule = net.cosine {}",
    "epochs patience lr momentum lr_min" .. augment)
  expect("optimizer = net.adam {}, schedule = net.one_cycle {}",
    "epochs patience lr beta2 eps pct_start div_factor final_div_factor base_momentum max_momentum" .. augment)
  expect("optimizer = net.adamw {}, schedule = net.one_cycle { cycle_momentum = false }",
    "epochs patience lr beta1 beta2 eps weight_decay pct_start div_factor final_div_factor" .. augment)
  expect('optimizer = net.sgd { weight_decay = 1, decay = "weights" }, clip_norm = 1, ema_decay = 0.9',
    "epochs patience clip_norm ema_decay lr weight_decay" .. augment)
  expect("optimizer = net.rmsprop { momentum = 0.5 }, lookahead = net.lookahead {}", "epochs patience lr alpha eps momentum" .. augment)
  expect("optimizer = net.rmsprop {}", "epochs patience lr alpha eps" .. augment)
  expect("optimizer = net.lion { weight_decay = 1 }", "epochs patience lr beta1 beta2 weight_decay" .. augment)
end)

test("what the mean becomes, and a border that reflects", function()
  local text = head .. 'optimizer = net.adam {}, augment = { border = "reflect", flip = "alternating" } } }'
  local record = assert(harness.load_text(text))
  equal(table.concat(record.train.augment.fill, ", "), "0")
  equal(table.concat(data.mean_bytes { 0.4914, 0.4822, 0.4465, -1.0, 2.0 }, ", "), "125, 123, 114, 0, 255")
  for _, number in ipairs(offered(record).numbers) do
    if number.name == "crop_padding" then equal(number.takes, "an integer from 0 to 3") end
    if number.name == "flip" then equal(number.takes, "alternating, or a number from 0 to 1") end
  end
end)

test("numbers that are compiled in", function()
  local record = assert(harness.load_text(head .. "optimizer = net.sgd { momentum = 0.9 }, schedule = net.cosine {} } }"))
  local graph = offered(record)
  local list = table.concat(graph.compiled_in, " ")
  for _, option in ipairs { "beta1", "eps", "weight_decay", "step_size", "pct_start", "base_momentum", "clip_norm",
    "brightness", "hue", "erasing_scale" } do
    equal((" " .. list .. " "):find(" " .. option .. " ", 1, true) ~= nil, true, option)
  end
  for _, number in ipairs(graph.numbers) do
    equal((" " .. list .. " "):find(" " .. number.name .. " ", 1, true), nil, number.name)
  end
end)

test("limits of a number of a recipe", function()
  local rows = names_of("optimizer = net.adam {}, schedule = net.step { step_size = 3 }")
  equal(rows.beta1.low, 0)
  equal(rows.beta1.high, 1 - 0x1p-53)
  equal(rows.eps.low, 0x1p-1074)
  equal(rows.step_size.type, "integer")
  equal(rows.step_size.unit, [[epochs, or steps if per = "step"]])
  equal(rows.step_size.takes, "an integer from 1 to 2147483647")
end)
