-- A whole model: what net.model is given, with the network that its forward records, becomes the record that the
-- compiler starts from.
--
--   path, file, text   the file that it was read from: as given, without folder, and its text
--   name, input = {batch, height, width, channels}, classes, mean, std (a number a channel)
--   data    as data.lua describes it
--   nodes   in order of recording, each {op, name, scope, line, inputs = {node...}, attributes,
--           shape = {height, width, channels}}; the first is the image, the last the loss
--   scopes  blocks in the order in which they were entered, each {name, text, line}
--   freeze  names of frozen layers as freeze.lua has them, none of which covers another
--   freeze_after  stages, as freeze.lua has them, in which layers and parameters are frozen while training goes on
--   whitened  the node of the convolution whose weight training images make, or nil
--   exact   whether convolutions keep to direct algorithms
--   precision  of products, one of the choices of its word
--   train   {epochs, optimizer = {kind, line, ...}, groups as groups.lua has them, schedule = {kind, warmup,
--           parts = {{kind, begins, ...}...}}, augment, in it `fill`: a byte a channel, clip_norm and ema_decay: numbers, and
--           lookahead: its options, or nil where the spec hasn't the word};
--           a part of a schedule begins after so many epochs of it, the first, often the only one, after 0; optimizer
--           and parts have every field of every kind, those that do not apply being 0, false or empty
local data = require "spec.data"
local fields = require "fields"
local freeze = require "freeze"
local names = require "names"
local options = require "options"
local recorder = require "spec.recorder"
local sandbox = require "sandbox"
local train = require "spec.train"
local words = require "words"

local model = {}

-- The convolution, one at most, whose weight the trainer makes of the training images; nil: there is none.
local function whitened(nodes)
  local first
  for _, node in ipairs(nodes) do
    local init = fields.get(node.attributes, "init")
    if type(init) == "table" and init.kind == "whitening" then
      if first then sandbox.fail_at(node.line, "conv %s: net.whitening starts one convolution, and that is %s", node.name, first.name) end
      first = node
    end
  end
  return first
end

local make_record = fields.declare("record", [[path file text name! input! classes! mean! std! data! nodes! scopes! freeze!
  freeze_after! whitened
  exact! precision! train!]])

-- The record of `given`, the options of the word `model`. source: {path, file, text, line: of the model}, and batch where
-- that replaces the model's. `forward` is called with a recorder and the image's node and returns that of the logits,
-- and settings are what options.make makes; a spec brings `made` and `run` of its own for both.
function model.record(given, source, made, run)
  local attributes = options.check("model", words.by_name.model.options, given, made or options.plain)
  local input = attributes.input
  input.batch = source.batch or input.batch
  local mean, std = data.normalisation(input)
  local training = train.complete(attributes.train, input)
  names.check_model(attributes.name)
  local recording = recorder.new({ batch = input.batch, init = attributes.init, infers = source.infers }, made)
  local image = recording:image(input, source.line)
  local logits = run and run(attributes.forward, recording, image) or attributes.forward(recording, image)
  training.augment.fill = data.mean_bytes(mean)
  recording:finish(logits, attributes.loss)
  if attributes.exact and attributes.precision ~= "float32" then
    sandbox.fail_at(source.line, 'model: exact = true and precision = "%s" exclude each other; leave one out', attributes.precision)
  end
  local white = whitened(recording.nodes)
  train.resolve(training, recording.nodes)
  local frozen, fault = freeze.resolve(recording.nodes, attributes.freeze or {})
  if not frozen then sandbox.fail_at(source.line, "model freeze: %s", fault) end
  local later, wrong = freeze.resolve_later(recording.nodes, attributes.freeze_after or {}, frozen)
  if not later then sandbox.fail_at(source.line, "model freeze_after: %s", wrong) end
  return make_record {
    path = source.path, file = source.file, text = source.text, name = attributes.name,
    classes = logits.shape.channels, mean = mean, std = std,
    input = { batch = input.batch, height = input.height, width = input.width, channels = input.channels },
    nodes = recording.nodes, scopes = recording.scopes, freeze = frozen, freeze_after = later, whitened = white,
    exact = attributes.exact, precision = attributes.precision, train = training,
    data = data.describe(attributes.data, logits.shape.channels, source.line),
  }
end

return model
