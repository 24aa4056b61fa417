-- Which machine `native` is, from what Linux says of a processor.
local harness = require "harness"
local targets = require "targets"

local function native(line, wants_bf16)
  return targets.resolve("native", wants_bf16, "processor\t: 0\nvendor_id\t: Any\n" .. line .. "\nbugs\t\t:\n").name
end

harness.test("native is the best machine whose features are all there", function()
  harness.equal(native "flags\t\t: fpu avx avx2 fma bmi1 bmi2 avx512f avx512dq avx512cd avx512bw avx512vl", "avx512")
  harness.equal(native "flags\t\t: fpu avx avx2 fma bmi1 bmi2 avx512f", "avx2")
  harness.equal(native "flags\t\t: fpu avx avx2", "portable")
  harness.equal(native "Features\t: fp asimd evtstrm aes", "aarch64")
  harness.equal(native "Features\t: half thumb fastmult vfp neon", "portable")
end)

harness.test("native has products of bf16 only where a model wants them", function()
  local flags = "flags\t\t: avx2 fma bmi2 avx512f avx512dq avx512cd avx512bw avx512vl avx512_bf16"
  harness.equal(native(flags), "avx512")
  harness.equal(native(flags, true), "avx512bf16")
  harness.equal(native((flags:gsub(" avx512_bf16", "")), true), "avx512")
end)

harness.test("programs ask for bf16 in the compilers' word", function()
  harness.equal(table.concat(targets.checked(targets.by_name.avx512bf16), " "),
    "avx512f avx512bw avx512cd avx512dq avx512vl avx2 fma bmi2 avx512bf16")
end)

harness.test("native is portable where the processor isn't known", function()
  harness.equal(targets.resolve("native", false, "").name, "portable")
  harness.equal(native "flags\t\t: fp asimd", "portable")
end)
