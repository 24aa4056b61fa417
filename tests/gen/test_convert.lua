-- castnet convert: vectors that PyTorch wrote (tests/torch/pth_vectors.py), round trips, and files made to harm.
local aside = require "aside"
local convert = require "convert"
local crc32 = require "crc32"
local dtypes = require "convert.dtypes"
local harness = require "harness"
local prefixes = require "convert.prefixes"
local test, equal = harness.test, harness.equal

local vectors = harness.root .. "/tests/vectors/pth/"
local folder = assert(io.popen("mktemp -d")):read("l")
local source, target, back = folder .. "/in", folder .. "/out.safetensors", folder .. "/out.pth"

local function write(path, text)
  local file = assert(io.open(path, "wb"))
  file:write(text)
  file:close()
end

local function exists(path)
  local file = io.open(path, "rb")
  if file then file:close() end
  return file ~= nil
end

-- Converts `text`; gives what came out, or nil and the error, which must be one line of castnet's.
local function converted(text, out)
  out = out or target
  write(source, text)
  os.remove(out)
  local ok, problem = pcall(convert.run, source, out)
  assert(not exists(aside.name(out)), "left a .part behind")
  if ok then return harness.read(out) end
  assert(type(problem) == "string" and problem:match("^castnet: [^\n]*; [^\n]+$") and not problem:find("[^\x20-\x7e]")
    and not problem:find("%.lua:%d"), "not an error of one line: " .. tostring(problem))
  assert(not exists(out), "an error, and yet a file")
  return nil, problem
end

local function refused(text, pattern, out)
  local result, problem = converted(text, out)
  assert(not result, "was not refused; expected: " .. pattern)
  assert(problem:find(pattern, 1, true), problem .. " does not say " .. pattern)
end

-- A stored zip archive of {name, text} ...; `change` may alter what each directory entry says.
local function zip(list, change)
  local parts, directory, at = {}, {}, 0
  for i, item in ipairs(list) do
    local e = { name = item[1], size = #item[2], crc = crc32(item[2], 0), header = at, method = 0, flags = 0 }
    local head = string.pack("<I4I2I2I2I2I2I4I4I4I2I2", 0x04034b50, 10, 0, 0, 0, 0, e.crc, e.size, e.size, #e.name, 0)
    parts[i] = head .. e.name .. item[2]
    at = at + #parts[i]
    if change then change(e) end
    directory[i] = string.pack("<I4I2I2I2I2I2I2I4I4I4I2I2I2I2I2I4I4", 0x02014b50, 10, 10, e.flags, e.method, 0, 0, e.crc,
      e.packed or e.size, e.size, #e.name, 0, 0, 0, 0, 0, e.header) .. e.name
  end
  local tail = table.concat(directory)
  return table.concat(parts) .. tail .. string.pack("<I4I2I2I2I2I4I4I2", 0x06054b50, 0, 0, #list, #list, #tail, at, 0)
end

local function pth(pickle, data, change)
  return zip({ { "a/data.pkl", pickle }, { "a/data/0", data or ("\0"):rep(16) } }, change)
end

local function text_of(value) return "X" .. string.pack("<s4", value) end
local function int(value) return "\x8a\8" .. string.pack("<i8", value) end

local function numbers(list)
  local parts = {}
  for i, value in ipairs(list) do parts[i] = int(value) end
  return "(" .. table.concat(parts) .. "t"
end

-- The pickle of {"w": tensor}, with fields replaced.
local function pickle(fields)
  local f = setmetatable(fields or {}, { __index = {
    storage = "ctorch\nFloatStorage\n", key = "0", count = 4, offset = 0, shape = { 2, 2 }, stride = { 2, 1 }, view = "" } })
  return "\x80\2}" .. text_of("w") .. "ctorch._utils\n_rebuild_tensor_v2\n((" .. text_of("storage") .. f.storage
    .. text_of(f.key) .. text_of("cpu") .. int(f.count) .. f.view .. "tQ" .. int(f.offset) .. numbers(f.shape)
    .. numbers(f.stride) .. "\x89}tRs."
end

local legacy_mark = "\x80\2\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19."

local function legacy(pickled, keys, storages, little)
  local list = {}
  for i, key in ipairs(keys) do list[i] = text_of(key) end
  return legacy_mark .. "\x80\2M\xe9\3.\x80\2}" .. text_of("little_endian") .. (little or "\x88") .. "s." .. pickled
    .. "\x80\2](" .. table.concat(list) .. "e." .. storages
end

local function safetensors(header, data)
  return string.pack("<s8", header) .. (data or "")
end

-- Vectors without one dict of weights, and what is said.
local unfit = {
  several = "holds several dicts of tensors: generator (3 tensors), discriminator (3 tensors), more.0 (1 tensors);"
    .. " choose one with --key NAME",
  nothing = "holds no tensors",
}

for _, path in ipairs(harness.files("tests/vectors/pth", ".pth")) do
  test("convert " .. path, function()
    local name = path:match("([^/]*)%.pth$"):gsub("_legacy$", "")
    if unfit[name] then return refused(harness.read(harness.root .. "/" .. path), unfit[name]) end
    local expected = harness.read(vectors .. name .. ".safetensors")
    equal(converted(harness.read(harness.root .. "/" .. path)), expected, path)
    -- and back: the same tensors, in the same order
    local again = converted(expected, back)
    equal(converted(again), expected, path .. " after a round trip")
  end)
end

test("--key chooses among several, and what is left is said", function()
  local from, small = vectors .. "several.pth", harness.read(vectors .. "small.safetensors")
  for _, key in ipairs { "generator", "discriminator", "more.0" } do
    convert.run(from, target, key)
    equal(harness.read(target) == small, key == "discriminator", key)
    os.remove(target)
  end
  for _, key in ipairs { "none", "more.1", "optimizer", "optimizer.state", "$(touch " .. folder .. "/harm)\27", "" } do
    local ok, problem = pcall(convert.run, from, target, key)
    assert(not ok and problem:find("under " .. key:gsub("\27", "?") .. ", but generator (3 tensors), discriminator (3 tensors)",
      1, true), problem)
  end
  assert(not exists(folder .. "/harm"))
  equal(convert.run(vectors .. "ema.pth", target)[1], nil)
  equal(convert.run(vectors .. "known.pth", target)[1],
    "took state_dict of it, not state_dict_ema (1 tensors); --key NAME takes another")
  equal(convert.run(vectors .. "inert.pth", target)[1],
    "left out 3 tensors that safetensors has no form for: complex (ComplexDouble), quantised (qtensor), sparse (sparse)")
  local ok, problem = pcall(convert.run, vectors .. "small.safetensors", back, "net")
  assert(not ok and problem:find("leave --key away", 1, true), problem)
end)

test("a dict that stands under several keys is found under each", function()
  local inner = pickle():sub(3, -2)
  write(source, pth("\x80\2}" .. text_of("student") .. inner .. "q\0s" .. text_of("teacher") .. "h\0s."))
  for _, key in ipairs { "student", "teacher" } do
    convert.run(source, target, key)
    assert(harness.read(target):find('"w":', 1, true), key)
  end
end)

-- The rule of tests/runtime/test_weights.c.
test("prefixes of wrappers are taken off where more names are then the network's", function()
  local network = { ["conv.weight"] = true, ["bn.weight"] = true, ["model.own"] = true }
  local function expect(names, prefix, result)
    local list, stripped = {}, {}
    for name in names:gmatch("%S+") do list[#list + 1] = { name = name } end
    local named, note = prefixes.strip(list, network)
    for i, tensor in ipairs(named) do stripped[i] = tensor.name end
    equal(note, prefix and "the names of the weights are taken without " .. prefix, names)
    equal(table.concat(stripped, " "), result or "conv.weight bn.weight", names)
  end
  expect("conv.weight bn.weight")
  for _, prefix in ipairs { "module.", "_orig_mod.", "model.", "backbone.", "module._orig_mod.model." } do
    expect(prefix .. "conv.weight " .. prefix .. "bn.weight", prefix)
  end
  expect("n_averaged module.conv.weight module.bn.weight", "module.", "n_averaged conv.weight bn.weight")
  expect("backbone.conv.weight backbone.bn.weight head.weight", "backbone.", "conv.weight bn.weight head.weight")
  expect("conv.weight bn.weight module.bn.weight", nil, "conv.weight bn.weight module.bn.weight")
  expect("conv.weight module.conv.weight module.bn.weight", "module.")
  expect("model.own conv.weight model.conv.weight", nil, "model.own conv.weight model.conv.weight")
  expect("module.a.conv.weight net.bn.weight", nil, "module.a.conv.weight net.bn.weight")
  expect("model.model.own model.conv.weight", "model.", "model.own conv.weight")
end)

test("--for writes names as a network has them, each way", function()
  local header = '{%s"%sw":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}'
  local plain, wrapped = safetensors(header:format("", ""), "abcd"), safetensors(header:format("", "module."), "abcd")
  local said = "the names of the weights are taken without module."
  local named, other = folder .. "/named.safetensors", folder .. "/wrapped.pth"
  local network = { w = true }
  local function from(text)
    write(source, text)
    return source
  end
  equal(convert.run(from(wrapped), other)[1], nil) -- unless the network is known names stay
  equal(convert.run(from(wrapped), named, nil, network)[1], said)
  equal(convert.run(other, target, nil, network)[1], said)
  equal(convert.run(from(wrapped), back, nil, network)[1], said)
  convert.run(from(plain), folder .. "/plain.pth")
  equal(harness.read(back), harness.read(folder .. "/plain.pth"))
  convert.run(back, folder .. "/plain.safetensors")
  equal(harness.read(target), harness.read(folder .. "/plain.safetensors"))
  equal(convert.run(from(plain), folder .. "/same.safetensors", nil, network)[1], nil)
  equal(harness.read(folder .. "/same.safetensors"), harness.read(named))
end)

test("--whole takes a network's floats, all of them and no others", function()
  local network = { w = true, n = true }
  local parameters = { { name = "w", dims = { 2 } }, { name = "n", dims = {}, counter = true } }
  local function of(header) -- 16 bytes of values
    write(source, safetensors("{" .. header .. "}", ("\0"):rep(16)))
    return pcall(convert.run, source, target, nil, network, parameters)
  end
  local function entry(name, type, shape, from, to)
    return string.format('"%s":{"dtype":"%s","shape":[%s],"data_offsets":[%d,%d]}', name, type, shape, from, to)
  end
  local function takes(...) equal(of(table.concat({ ... }, ",")), true) end
  local function refuses(message, ...)
    local ok, problem = of(table.concat({ ... }, ","))
    equal(ok, false)
    equal(problem, "castnet: " .. source .. ": " .. message .. "; give those of this network")
  end
  takes(entry("w", "F64", "2", 0, 16))
  equal(harness.read(target):find('"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}', 1, true) ~= nil, true)
  takes(entry("w", "F32", "2", 0, 8), entry("n", "I64", "", 8, 16))
  takes(entry("w", "F32", "2", 0, 8), entry("others", "I64", "", 8, 16))
  takes(entry("w", "F32", "2", 0, 8), entry("mask", "BOOL", "8", 8, 16))
  takes(entry("w", "F32", "2", 0, 8), entry("n", "F64", "", 8, 16))
  refuses("has no w of 2 floats", entry("w", "F32", "4", 0, 16))
  refuses("has no w of 2 floats", entry("w", "I64", "2", 0, 16))
  refuses("has no w of 2 floats", entry("n", "I64", "2", 0, 16))
  refuses("has more, which the network has not", entry("w", "F32", "2", 0, 8), entry("more", "F32", "2", 8, 16))
end)

test("tensors with attributes call nothing but what makes tensors", function()
  for _, callee in ipairs { "ctorch._tensor\n_rebuild_from_type_v2\n", "ctorch\ndevice\n", "ccollections\nOrderedDict\n", "N" } do
    refused(pth("\x80\2ctorch._tensor\n_rebuild_from_type_v2\n(" .. callee .. "ctorch\nTensor\n)NtR."), "but no tensor")
  end
end)

test("a header of 60,000 tensors is read in one pass", function()
  -- instructions of Lua's machine for a tensor: as many with sixty times as many tensors
  local function steps(count)
    local parts, taken = {}, 0
    for i = 1, count do
      parts[i] = string.format('"layers.%d.w":{"dtype":"F32","shape":[1],"data_offsets":[%d,%d]}', i, 4 * i - 4, 4 * i)
    end
    write(source, safetensors("{" .. table.concat(parts, ",") .. "}", ("\0"):rep(4 * count)))
    debug.sethook(function() taken = taken + 1000 end, "", 1000)
    convert.run(source, back)
    debug.sethook()
    return taken / count
  end
  local few, many = steps(1000), steps(60000)
  assert(many < 1.3 * few, string.format("%.0f steps a tensor of many, %.0f of few", many, few))
end)

test("crc32 of the standard check value, at once and in parts", function()
  equal(crc32("123456789", 0), 0xcbf43926)
  equal(crc32("89", crc32("1234567", 0)), 0xcbf43926)
  equal(crc32("", 0), 0)
end)

test("every float16 becomes the float32 of its value", function()
  for bits = 0, 65535 do
    local single = string.unpack("<f", dtypes.convert(string.pack("<I2", bits), dtypes.by_name.F16, dtypes.by_name.F32))
    local exponent, fraction = bits >> 10 & 31, bits & 1023
    local size = exponent == 31 and (fraction == 0 and math.huge or 0 / 0)
      or exponent == 0 and fraction * 2.0 ^ -24 or (1024 + fraction) * 2.0 ^ (exponent - 25)
    local value = bits < 32768 and size or -size
    assert(single == value or single ~= single and value ~= value, bits)
    assert(single ~= 0 or 1 / single == 1 / value, bits)
  end
end)

test("values in the .pth lie at multiples of 64, and every type stays", function()
  local file = converted(safetensors('{"h":{"dtype":"F16","shape":[3],"data_offsets":[0,6]},'
    .. '"d":{"dtype":"F64","shape":[],"data_offsets":[6,14]}}', "abcdefABCDEFGH"), back)
  equal((file:find("abcdef", 1, true) - 1) % 64, 0)
  equal((file:find("ABCDEFGH", 1, true) - 1) % 64, 0)
  assert(file:find("ctorch\nHalfStorage\n", 1, true) and file:find("ctorch\nDoubleStorage\n", 1, true))
end)

test("the pickle of the tests is one that converts", function()
  local result = converted(pth(pickle(), "aaaabbbbccccdddd"))
  equal(result:sub(-16), "aaaabbbbccccdddd")
  equal(converted(pth(pickle { stride = { 1, 2 } }, "aaaabbbbccccdddd")):sub(-16), "aaaaccccbbbbdddd")
  equal(converted(legacy(pickle { view = "N" }, { "0" }, string.pack("<i8", 4) .. "aaaabbbbccccdddd")):sub(-16),
    "aaaabbbbccccdddd")
  local view = "(" .. text_of("0v") .. int(1) .. int(3) .. "t"
  equal(converted(legacy(pickle { view = view, shape = { 3 }, stride = { 1 } }, { "0" },
    string.pack("<i8", 4) .. "aaaabbbbccccdddd")):sub(-12), "bbbbccccdddd")
end)

test("names with quotes, control characters and beyond ASCII survive", function()
  for _, name in ipairs { 'a"b\\c', "tab\tnul\0del\x7f", "gewicht.ä.重み.😀", "" } do
    local first = converted(pth((pickle():gsub(text_of("w"), function() return text_of(name) end))))
    equal(converted(converted(first, back)), first)
  end
  equal(converted(safetensors('{"\\ud83d\\ude00\\u00e4":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}'), back)
    :find("😀ä", 1, true) ~= nil, true)
end)

-- What a pickle names is refused by that name, in both formats and both ways to name.
local malicious = {
  { "os", "system" }, { "posix", "system" }, { "builtins", "eval" }, { "__builtin__", "exec" }, { "subprocess", "Popen" },
  { "torch", "load" }, { "torch.storage", "_load_from_bytes" }, { "collections", "OrderedDict.fromkeys" },
  { "torch._utils", "_rebuild_tensor_v2.__globals__" }, { "collections.OrderedDict", "" }, { "argparse", "Namespace" },
}
for _, name in ipairs(malicious) do
  local full = name[1] .. "." .. name[2]
  test("a pickle that names " .. full, function()
    local attack = "(" .. text_of("touch " .. folder .. "/harm") .. "tR."
    for _, code in ipairs {
      "\x80\2c" .. name[1] .. "\n" .. name[2] .. "\n" .. attack,
      "\x80\4" .. text_of(name[1]) .. text_of(name[2]) .. "\x93" .. attack,
      "\x80\4\x8c" .. string.pack("<s1", name[1]) .. "\x94\x8c" .. string.pack("<s1", name[2]) .. "\x94\x93" .. attack,
    } do
      refused(pth(code), "holds " .. full .. ",")
      refused(legacy(code, {}, ""), "holds " .. full .. ",")
    end
    refused(legacy_mark .. "\x80\2c" .. name[1] .. "\n" .. name[2] .. "\n" .. attack, "holds " .. full .. ",")
    assert(not exists(folder .. "/harm"))
  end)
end

test("instructions and calls no tensor needs", function()
  for code, byte in pairs { ["\x80\2(ios\nsystem\n."] = "69", ["\x80\2(oN."] = "6f", ["\x80\2N)\x81."] = "81",
    ["\x80\2\x82\1."] = "82", ["\x80\2Pid\n."] = "50", ["\x80\2I1\n."] = "49" } do
    refused(pth(code), "instruction 0x" .. byte)
  end
  refused(pth("\x80\2" .. text_of("f") .. ")R."), "calls something")
  refused(pth("\x80\2ctorch\nFloatStorage\n)R."), "calls something")
  refused(pth("\x80\1N."), "pickle protocol 1")
  refused(pth("\x80\2}NNs."), "holds no tensors")
  refused(pth("\x80\2](" .. text_of("module") .. "tQ."), "refers to something else")
end)

test("broken stack machines", function()
  for _, code in ipairs {
    "", "\x80", "\x80\2", "\x80\2.", "\x80\2t.", "\x80\2(.", "\x80\0020.", "\x80\2h\0.", "\x80\2s.",
    "\x80\2NNNs.", "\x80\2](NNu.", "\x80\2}(Nu.", "\x80\2Na.", "\x80\2R.", "\x80\2Q.", "\x80\2NQ.",
    "\x80\2)\x85\x86.", "\x80\2X\xff\xff\xff\xffa.", "\x80\2\x8b\xff\xff\xff\xff.",
    "\x80\2\x8d\xff\xff\xff\xff\xff\xff\xff\x7f.", "\x80\2\x8d\0\0\0\0\0\0\0\x80.", "\x80\2cos",
    "\x80\2cos\nsys", "\x80\2b.", "\x80\2NNb.", "\x80\2q\0.", "\x80\2\x94.", "\x80\4NN\x93.", "\x80\2(1.",
    "\x80\2(2.", "\x80\2ctorch._utils\n_rebuild_tensor_v2\n)R.",
    "\x80\2ctorch._utils\n_rebuild_parameter\nN\x85R.", "\x80\2ccollections\nOrderedDict\nN\x85R.",
  } do
    assert(not converted(pth(code)))
    assert(not converted(legacy(code, {}, "")))
  end
end)

test("deep and recursive pickles", function()
  refused(pth("\x80\2" .. ("("):rep(200000) .. "."), "never put")
  for _, code in ipairs { ("]"):rep(100000) .. ("a"):rep(99999), "]q\0h\0a", "}q\0" .. text_of("w") .. "h\0s",
    "}q\0" .. text_of("state_dict") .. "h\0s", "N" .. ("\x85"):rep(300000) } do
    refused(pth("\x80\2" .. code .. "."), "holds no tensors")
  end
  refused(pth("\x80\2" .. ("N"):rep(33 << 20) .. "."), "too long")
  for _, item in ipairs { "}", "]", "(", ")", "\x8f", "C\0" } do
    refused(pth("\x80\2" .. item:rep((1 << 20) + 1) .. "."), "holds more than 1048576 objects")
  end
  -- lists that serve many times: no quadratic work
  local pairs_list = "](" .. ("N"):rep(1000) .. "eq\0\x85q\1"
  refused(pth("\x80\2" .. pairs_list .. ("ccollections\nOrderedDict\nh\1R"):rep(1000) .. "."), "of something else than pairs")
  refused(pth("\x80\2(" .. ("K\1"):rep(100000) .. "tq\0.", nil), "holds no tensors")
end)

test("tensors that do not fit their storage", function()
  for _, fields in ipairs {
    { shape = { 3, 2 } }, { offset = 1 }, { offset = math.maxinteger }, { stride = { 3, 1 } },
    { stride = { math.maxinteger, 1 } }, { shape = { 1 << 62, 4 } }, { shape = { math.maxinteger, math.maxinteger } },
    { shape = { 1 << 31, 1 << 31, 1 << 31 }, stride = { 0, 0, 0 } }, { count = 5 }, { count = 1 << 61 }, { count = 3 },
    { count = -1 }, { shape = { -1, 2 } }, { stride = { -1, 1 } }, { offset = -1 }, { stride = { 1 } },
    { key = "1" }, { key = "../data.pkl" }, { storage = "ctorch\nDoubleStorage\n" }, { storage = "N" },
    { shape = { 1, 1, 1, 1, 1, 1, 1, 1, 1 }, stride = { 1, 1, 1, 1, 1, 1, 1, 1, 1 } },
    { view = "(" .. text_of("v") .. int(2) .. int(3) .. "t" }, { view = "(" .. text_of("v") .. int(-1) .. int(3) .. "t" },
    { view = "(t" }, { view = int(1) },
  } do
    local ok = converted(pth(pickle(fields)))
    assert(not ok, "was taken")
  end
  refused(pth(pickle { shape = { 1 << 20 }, stride = { 0 } }), "share values so often")
  refused(pth(pickle { shape = { 1 << 40 }, stride = { 0 } }), "share values so often")
  refused(pth("\x80\2}."), "holds no tensors")
end)

test("zip archives that lie", function()
  local good = pickle()
  local function lie(field, value, name)
    return pth(good, nil, function(entry)
      if entry.name == (name or "a/data/0") then entry[field] = value end
    end)
  end
  refused(lie("method", 8), "compressed or encrypted")
  refused(lie("flags", 1), "compressed or encrypted")
  refused(lie("packed", 5), "compressed or encrypted")
  refused(lie("crc", 1), "does not match its checksum")
  refused(lie("crc", 1, "a/data.pkl"), "does not match its checksum")
  assert(converted(lie("crc", 0)), "PyTorch writes 0 when told to compute no checksums")
  refused(lie("size", 17), "lies outside the file")
  refused(lie("size", 0xffffffff), "zip64")
  refused(lie("size", 0xfffffffe), "lies outside the file")
  refused(lie("header", 0), "does not agree")
  refused(lie("header", 0xfffffff0), "end after the end of the file")
  refused(lie("name", "a/data/1"), "does not agree")
  refused(lie("size", #good + 10, "a/data.pkl"), "overlap")
  refused(zip { { "a/data.pkl", good }, { "a/data.pkl", good } }, "is there twice")
  refused(zip { { "a/data.pkl", good }, { "b/data.pkl", good } }, "two data.pkl")
  refused(zip { { "a/b/data.pkl", good } }, "without data.pkl")
  refused(zip { { "a/data.pkl", good } }, "storage 0 are missing")
  refused(zip { { "a/data.pkl", good }, { "a/byteorder", "big" } }, "little-endian")
end)

test("old files that lie", function()
  local good, values = pickle { view = "N" }, ("x"):rep(16)
  refused(legacy(good, { "0" }, string.pack("<i8", 5) .. values), "has 5 values")
  refused(legacy(good, { "0" }, string.pack("<i8", -1) .. values), "has -1 values")
  refused(legacy(good, { "0" }, string.pack("<i8", 4) .. values .. "y"), "1 bytes are left")
  refused(legacy(good, { "0", "0" }, string.pack("<i8", 4) .. values), "is there twice")
  refused(legacy(good, { "1" }, string.pack("<i8", 4) .. values), "belongs to no tensor")
  refused(legacy(good, {}, ""), "are missing")
  refused(legacy(good, { "0" }, string.pack("<i8", 4) .. values, "\x89"), "little-endian")
  refused(legacy(pickle { view = "N", count = 1 << 60 }, { "0" }, string.pack("<i8", 1 << 60) .. values), "ends after")
  refused(legacy_mark .. "\x80\2K\1.\x80\2N.", "version 1001")
end)

test("safetensors files that lie", function()
  local function tensor(dtype, shape, offsets)
    return string.format('{"dtype":%s,"shape":%s,"data_offsets":%s}', dtype, shape, offsets)
  end
  local good = tensor('"F32"', "[1]", "[0,4]")
  assert(converted(safetensors('{"w":' .. good .. "}", "abcd"), back))
  for _, header in ipairs {
    '{"w":' .. good, '{"w":' .. good .. ',}', '{"w":' .. good .. '}x', '{"w":' .. good .. ',"w":' .. good .. "}", "{}", '{"w":{}}',
    '{"w":[]}', '{"w":1}', '{"w":' .. tensor('"F32"', "[2]", "[0,4]") .. "}", '{"w":' .. tensor('"F32"', "[1]", "[4,0]") .. "}",
    '{"w":' .. tensor('"F32"', "[1]", "[1,5]") .. "}", '{"w":' .. tensor('"F32"', "[-1]", "[0,4]") .. "}",
    '{"w":' .. tensor('"F32"', "[1.0]", "[0,4]") .. "}", '{"w":' .. tensor('"F32"', "[1]", "[0]") .. "}",
    '{"w":' .. tensor('"F32"', "[1]", '"04"') .. "}", '{"w":' .. tensor('"U8"', "[3]", "[0,4]") .. "}",
    '{"w":' .. tensor('"F4"', "[8]", "[0,4]") .. "}",
    '{"w":' .. tensor("[1]", "[1]", "[0,4]") .. "}", '{"w":' .. tensor('"F32"', "[1,1,1,1,1,1,1,1,1]", "[0,4]") .. "}",
    '{"w":' .. tensor('"F32"', "[4611686018427387904,4]", "[0,0]") .. "}",
    '{"w":' .. tensor('"F32"', "[99999999999999999999]", "[0,4]") .. "}", '{"\xff":' .. good .. "}", '{"\\ud800":' .. good .. "}",
    '{"\\x":' .. good .. "}", '{"w\n":' .. good .. "}", '{"w":' .. good .. ',"v":' .. good .. "}",
    '{"w":' .. tensor('"F32"', "[0]", "[0,0]") .. "}", '{"w":' .. ("["):rep(100000) .. "}", ("{"):rep(100000),
    '{"w":' .. ('{"w":'):rep(100000) .. "}",
  } do
    assert(not converted(safetensors(header, "abcd"), back), header:sub(1, 60))
  end
  for length = -2, 12 do assert(not converted(string.pack("<i8", length) .. "{}", back)) end
  refused(string.pack("<i8", math.maxinteger) .. "{}", "neither", back)
  refused(safetensors("{" .. (" "):rep(33 << 20)), "the header is above", back)
end)

test("names cannot reach the terminal as they are", function()
  refused(pth("\x80\2cos\x1b[31m\nsys\rtem\n)R."), "os?[31m.sys?tem")
  refused(pth("\x80\2c" .. ("a"):rep(100000) .. "\nb\n)R."), ("a"):rep(120) .. "...")
end)

-- One damage after the other: an error of one line, or, where the damage is to something that does not
-- matter, a file that converts; never another error.
local function damage_all(path, out, step, damage)
  local text, refusals = harness.read(path), 0
  for at = 1, #text, step do
    if not converted(damage(text, at), out) then refusals = refusals + 1 end
  end
  return refusals, #text
end

for _, name in ipairs { "small.pth", "small_legacy.pth", "strided_legacy.pth", "small.safetensors" } do
  local out = name:match("pth$") and target or back
  test(name .. " cut at every byte", function()
    local refusals, bytes = damage_all(vectors .. name, out, 1, function(text, at) return text:sub(1, at - 1) end)
    equal(refusals, bytes, "refusals")
  end)
  test(name .. " with bits flipped", function()
    for bit = 0, 7 do
      damage_all(vectors .. name, out, 11, function(text, at)
        at = math.min(at + bit, #text)
        return text:sub(1, at - 1) .. string.char(text:byte(at) ~ 1 << bit) .. text:sub(at + 1)
      end)
    end
  end)
end

test("what OUT is stays when something fails, and so does IN", function()
  write(target, "before")
  write(source, "junk")
  assert(not pcall(convert.run, source, target))
  equal(harness.read(target), "before")
  local good = harness.read(vectors .. "small.pth")
  write(source, good)
  for _, out in ipairs { folder .. "/x.pth", folder .. "/x", folder .. "/no/x.safetensors", folder } do
    local ok, problem = pcall(convert.run, source, out)
    assert(not ok and problem:match("^castnet: [^\n]*; [^\n]*$"), problem)
  end
  equal(harness.read(source), good)
end)

test("the command converts, prints help and exits with 1 on an error", function()
  local function run(arguments)
    local process = assert(io.popen(string.format("'%s/gen/castnet' convert %s 2>&1; echo $?", harness.root, arguments)))
    local text = process:read("a")
    process:close()
    return text
  end
  equal(run(string.format("'%ssmall.pth' '%s'", vectors, target)), "0\n")
  equal(harness.read(target), harness.read(vectors .. "small.safetensors"))
  equal(run(string.format("'%s/none' '%s'", folder, target)),
    string.format("castnet: %s/none: cannot read (No such file or directory); check the name\n1\n", folder))
  assert(run("--help"):find("IN OUT", 1, true))
end)

test("two at once into one file, which is whole", function()
  write(folder .. "/large.safetensors", safetensors('{"w":{"dtype":"F32","shape":[2097152],"data_offsets":[0,8388608]}}',
    ("\0"):rep(1 << 23)))
  local one = string.format("'%s/gen/castnet' convert '%s/large.safetensors' '%s/large.pth'", harness.root, folder, folder)
  local process = assert(io.popen(string.format("{ %s & %s & %s & wait; } 2>&1; ls -A '%s'", one, one, one, folder)))
  local text = process:read("a")
  process:close()
  assert(not text:find("castnet: ") and not text:find(".part", 1, true), text)
  convert.run(folder .. "/large.pth", target)
end)

test("what a killed one left half written goes, and nothing else", function()
  local odd = folder .. "/a [b]*c"
  for _, name in ipairs { "out.safetensors.123.part", "a [b]*c.safetensors.99999999.part", "a bc.safetensors.1.part" } do
    write(folder .. "/" .. name, "half")
    os.execute(string.format("touch -d '2 hours ago' '%s/%s'", folder, name))
  end
  write(odd .. ".safetensors.77.part", "in the making")
  convert.run(vectors .. "small.pth", odd .. ".safetensors")
  assert(not exists(odd .. ".safetensors.99999999.part"), "is left")
  for _, name in ipairs { "out.safetensors.123.part", "a [b]*c.safetensors.77.part", "a bc.safetensors.1.part" } do
    assert(exists(folder .. "/" .. name), name .. " went")
  end
end)

os.execute(string.format("rm -r '%s'", folder))
