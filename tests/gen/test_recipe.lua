-- Which numbers of a recipe the command line may change: none that the code was compiled without.
local harness = require "harness"
local recipe = require "emit.recipe"
local test, equal = harness.test, harness.equal

local head = [[return net.model { name = "m", loss = net.cross_entropy {},
  input = { batch = 2, height = 4, width = 4, channels = 1 },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 2 }) end, train = { epochs = 5, ]]

local function names_of(train)
  local names = {}
  for _, row in ipairs(recipe.numbers(assert(harness.load_text(head .. train .. " } }")))) do
    names[#names + 1] = row.option
    names[row.option] = row
  end
  return names
end

local function expect(train, list)
  equal(table.concat(names_of(train), " "), list, train)
end

test("numbers of a recipe", function()
  local augment = " warmup crop-padding flip cutout mixup"
  expect("optimizer = net.sgd {}", "epochs lr" .. augment)
  expect("optimizer = net.sgd { momentum = 0.9, weight_decay = 1e-4 }",
    "epochs lr momentum dampening weight-decay" .. augment)
  expect("optimizer = net.sgd { momentum = 0.9, nesterov = true }, schedule = net.cosine {}",
    "epochs lr momentum lr-min" .. augment)
  expect("optimizer = net.adam {}, schedule = net.one_cycle {}",
    "epochs lr beta2 eps pct-start div-factor final-div-factor base-momentum max-momentum" .. augment)
  expect("optimizer = net.adamw {}, schedule = net.one_cycle { cycle_momentum = false }",
    "epochs lr beta1 beta2 eps weight-decay pct-start div-factor final-div-factor" .. augment)
  expect('optimizer = net.sgd { weight_decay = 1, decay = "weights" }, clip_norm = 1, ema_decay = 0.9',
    "epochs clip-norm ema-decay lr weight-decay" .. augment)
end)

test("what the mean becomes, and a border that reflects", function()
  local text = head .. 'optimizer = net.adam {}, augment = { border = "reflect", flip = "alternating" } } }'
  local record = assert(harness.load_text(text))
  equal(recipe.mean_bytes(record), "0")
  record.mean = { 0.4914, 0.4822, 0.4465, -1.0, 2.0 }
  equal(recipe.mean_bytes(record), "125, 123, 114, 0, 255")
  for _, row in ipairs(recipe.numbers(record)) do
    if row.option == "crop-padding" then equal(row.takes, "an integer from 0 to 3") end
    if row.option == "flip" then equal(row.takes, "alternating, or a number from 0 to 1") end
  end
end)

test("numbers that are compiled in", function()
  local record = assert(harness.load_text(head .. "optimizer = net.sgd { momentum = 0.9 }, schedule = net.cosine {} } }"))
  local list = table.concat(recipe.compiled_in(record), " ")
  for _, option in ipairs { "beta1", "eps", "weight-decay", "step-size", "pct-start", "base-momentum", "clip-norm" } do
    equal((" " .. list .. " "):find(" " .. option .. " ", 1, true) ~= nil, true, option)
  end
  for _, row in ipairs(recipe.numbers(record)) do
    equal((" " .. list .. " "):find(" " .. row.option .. " ", 1, true), nil, row.option)
  end
end)

test("limits of a number of a recipe", function()
  local rows = names_of("optimizer = net.adam {}, schedule = net.step { step_size = 3 }")
  equal(tonumber(rows.beta1.low), 0)
  equal(tonumber(rows.beta1.high), 1 - 0x1p-53)
  equal(tonumber(rows.eps.low), 0x1p-1074)
  equal(rows.warmup.member, "warmup_epochs")
  equal(rows["step-size"].is_int, true)
  equal(rows["step-size"].unit, [["epochs, or steps if per = \"step\""]])
  equal(rows["step-size"].takes, "an integer from 1 to 2147483647")
end)
