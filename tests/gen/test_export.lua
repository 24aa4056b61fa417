-- castnet export: the wire format, what folds, and what is refused; onnx's checker takes the files, where a python has it. What
-- comes out is compared with PyTorch's and onnxruntime's by tests/torch/test_onnx.py.
local compiler = require "compiler"
local fold = require "export.fold"
local harness = require "harness"
local ops = require "ops"
local onnx_ops = require "export.onnx_ops"
local protobuf = require "export.protobuf"
local test, equal = harness.test, harness.equal

local function quoted(text) return "'" .. text:gsub("'", "'\\''") .. "'" end

test("the wire format", function()
  equal(protobuf.int(1, 150), "\x08\x96\x01")
  equal(protobuf.int(2, -1), "\x10" .. ("\xff"):rep(9) .. "\x01")
  equal(protobuf.text(2, "testing"), "\x12\x07testing")
  equal(protobuf.float(4, 1), "\x25\0\0\x80\x3f")
end)

test("every op has a form", function()
  for _, name in ipairs(ops.names) do
    equal(onnx_ops[name] ~= nil or name == "input" or name == "cross_entropy", true, name)
  end
end)

-- Two channels of two values; values that float32 has exactly.
test("a norm in a weight and its bias", function()
  local function entry(...) return { name = "it", values = { ... } } end
  local function read(of) return string.pack("<" .. ("f"):rep(#of.values), table.unpack(of.values)) end
  local layer = {
    weight = entry(1, 2, 3, 4), to_weight = "weight", to_bias = "bias",
    norm = { gamma = entry(2, 3), beta = entry(10, 20), mean = entry(1, 2), variance = entry(3.75, 0), eps = 0.25 },
  }
  local folded = fold.values({ layer, { weight = entry(1), to_weight = "other" } }, read)
  equal(folded.weight(), read(entry(1, 2, 18, 24)))
  equal(folded.bias(), read(entry(9, 8)))
  equal(folded.other, nil)
  layer.bias, layer.norm.gamma = entry(1, 5), nil
  equal(folded.bias(), read(entry(10, 26)))
  layer.norm.variance = entry(3.75, -0.25)
  equal(pcall(folded.weight), false)
end)

local folder = os.tmpname()
os.remove(folder)
assert(os.execute("mkdir " .. quoted(folder)))
local made = {} -- files of ONNX there

-- How many nodes of each kind are in the file that a spec's network becomes, with zeros as weights.
local function kinds_of(spec, options)
  local header, bytes = {}, 0
  for _, parameter in ipairs(compiler.network(harness.root .. "/" .. spec, "build_graph").parameters) do
    if not parameter.counter then
      local size = 4
      for _, d in ipairs(parameter.dims) do size = size * d end
      header[#header + 1] = string.format('"%s":{"dtype":"F32","shape":[%s],"data_offsets":[%d,%d]}', parameter.name,
        table.concat(parameter.dims, ","), bytes, bytes + size)
      bytes = bytes + size
    end
  end
  local text = "{" .. table.concat(header, ",") .. "}"
  local file = assert(io.open(folder .. "/weights.safetensors", "wb"))
  assert(file:write(string.pack("<s8", text), ("\0"):rep(bytes)))
  file:close()
  made[#made + 1] = string.format("%s/%d.onnx", folder, #made)
  local done = os.execute(string.format("cd %s && gen/castnet export %s --weights %s/weights.safetensors --onnx %s %s",
    quoted(harness.root), spec, folder, made[#made], options))
  equal(done, true, "exit status")
  local onnx, counts = harness.read(made[#made]), {}
  for _, kind in ipairs { "Conv", "BatchNormalization", "Add", "Relu" } do
    counts[#counts + 1] = select(2, onnx:gsub(protobuf.text(4, kind):gsub("%p", "%%%0"), ""))
  end
  return table.concat(counts, " ")
end

test("norms fold where they alone read a layer's output", function()
  equal(kinds_of("gen/specs/resnet8_tiny.lua", ""), "10 9 4 7")
  equal(kinds_of("gen/specs/resnet8_tiny.lua", "--fold"), "10 0 4 7")
  equal(kinds_of("tests/specs/ops/bn_shared.lua", ""), kinds_of("tests/specs/ops/bn_shared.lua", "--fold"))
end)

-- A python that has onnx: $PYTHON, or Debian's.
local function python_with_onnx()
  for _, python in ipairs { os.getenv "PYTHON" or "python3", "/usr/bin/python3" } do
    if os.execute(quoted(python) .. " -c 'import onnx' 2>/dev/null") then return python end
  end
end

test("onnx's checker takes the files", function()
  for _, spec in ipairs { "tests/specs/golden/every_op.lua", "tests/specs/ops/functions.lua", "tests/specs/ops/concat.lua" } do
    for _, options in ipairs { "", "--fold --batch 3" } do kinds_of(spec, options) end
  end
  local python = python_with_onnx()
  if not python then return print("skip onnx's checker: no python has onnx (Debian's python3-onnx)") end
  local script = "import sys, onnx; [onnx.checker.check_model(onnx.load(path), full_check=True) for path in sys.argv[1:]]"
  equal(os.execute(quoted(python) .. " -c " .. quoted(script) .. " " .. table.concat(made, " ")), true, "exit status")
end)
os.execute("rm -r " .. quoted(folder))

local function refuses(arguments, expected)
  local pipe = assert(io.popen(string.format("cd %s && gen/castnet export %s 2>&1", quoted(harness.root), arguments)))
  local text = pipe:read("a")
  local ok = pipe:close()
  equal(ok, nil, "exit status")
  equal(text:find(expected, 1, true) ~= nil and select(2, text:gsub("\n", "")) == 1, true, text)
end

test("what is wrong is one line", function()
  local spec = "gen/specs/resnet8_tiny.lua"
  refuses(spec, "castnet: missing option '--weights'")
  refuses(spec .. " --weights none --onnx out", "castnet: none: cannot read")
  refuses(spec .. " --weights README.md --onnx out", "castnet: README.md: ")
  refuses("tests/specs/wrong/syntax.lua --weights README.md --onnx out", "tests/specs/wrong/syntax.lua:")
  refuses(spec .. " --weights README.md --onnx out --batch 0", "'0' is not a whole number")
end)
