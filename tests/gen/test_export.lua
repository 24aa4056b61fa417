-- castnet export: the wire format, and what is refused. What comes out is compared with PyTorch's and onnxruntime's by
-- tests/torch/test_onnx.py.
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
