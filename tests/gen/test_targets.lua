-- Which machine `native` is, from what Linux says of a processor.
local harness = require "harness"
local targets = require "targets"

local function native(line)
  return targets.resolve("native", "processor\t: 0\nvendor_id\t: Any\n" .. line .. "\nbugs\t\t:\n").name
end

harness.test("native is the best machine whose features are all there", function()
  harness.equal(native "flags\t\t: fpu avx avx2 fma bmi1 bmi2 avx512f avx512dq avx512cd avx512bw avx512vl", "avx512")
  harness.equal(native "flags\t\t: fpu avx avx2 fma bmi1 bmi2 avx512f", "avx2")
  harness.equal(native "flags\t\t: fpu avx avx2", "portable")
  harness.equal(native "Features\t: fp asimd evtstrm aes", "aarch64")
  harness.equal(native "Features\t: half thumb fastmult vfp neon", "portable")
end)

harness.test("native is portable where the processor isn't known", function()
  harness.equal(targets.resolve("native", "").name, "portable")
  harness.equal(native "flags\t\t: fp asimd", "portable")
end)
