-- What --target means: which instructions the C compiler may use and whether kernels call a BLAS.
local targets = {}

targets.names = { "native", "avx512", "avx2", "portable" }

-- Nobody reads errno or floating-point traps here; without them square roots and choices are vectors.
local always = "-fno-math-errno -fno-trapping-math"

local known = {
  avx512 = { name = "avx512", blas = true, flags = always .. " -ffp-contract=fast -march=x86-64-v4 -mprefer-vector-width=512" },
  avx2 = { name = "avx2", blas = true, flags = always .. " -ffp-contract=fast -march=x86-64-v3" },
  portable = { name = "portable", blas = false, flags = always },
}

-- The flags line of the first processor, with a space on both ends; empty where there is none to read.
local function processor_flags()
  local file = io.open("/proc/cpuinfo")
  if not file then return "" end
  local text = file:read("a")
  file:close()
  return " " .. (text:match("\nflags%s*:%s*([^\n]*)") or "") .. " "
end

local function has_all(flags, names)
  for name in names:gmatch("%S+") do
    if not flags:find(" " .. name .. " ", 1, true) then return false end
  end
  return true
end

-- The target of that name; `native` is the best of the others that this processor runs.
function targets.resolve(name)
  if name ~= "native" then return known[name] end
  local flags = processor_flags()
  if has_all(flags, "avx512f avx512bw avx512cd avx512dq avx512vl") then return known.avx512 end
  if has_all(flags, "avx2 fma bmi2") then return known.avx2 end
  return known.portable
end

return targets
