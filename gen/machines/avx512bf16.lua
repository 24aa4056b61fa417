-- AVX-512 with products of bf16: Intel from Cooper Lake and Sapphire Rapids, AMD from Zen 4 on. It has no products of AMX's
-- tiles (tdpbf16ps), which Intel's have from Sapphire Rapids on: they want templates of their own.
local machine = {}
for key, value in pairs(require "machines.avx512") do machine[key] = value end
machine.name, machine.features = "avx512bf16", machine.features .. " avx512_bf16"
machine.flags = machine.flags .. " -mavx512bf16"
machine.vectors, machine.bf16 = "vectors/avx512bf16.h", true
return machine
