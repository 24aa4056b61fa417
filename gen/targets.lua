-- What --target means: the machine that code is made for (gen/machines, which has a file for each), and the
-- compiler's flags for it.
--
--   name, architecture      the target; the processor family as `uname -m` calls it, nil: any
--   features                what the processor must have, in the words of Linux' /proc/cpuinfo
--   flags                   what the C compiler is told of it
--   vector_bytes, registers width and number of vector registers
--   fma                     multiply-add with one rounding
--   cache                   bytes of the cache that each core has to itself
--   line                    vectors that transforms of bilinear algorithms take together, those of a cache's line: 1 unless that was
--                           measured to be faster
--   tile                    of a product, in registers: rows, vectors a row; depth: see templates/gemm.h
--   vectors                 the template that says what a vector is
--   bf16                    whether that has products of bf16 by an instruction: `native` is such a machine where a model wants them
--   costs                   what algorithms ask: transform, of a value by a bilinear algorithm, in products;
--                           full_row, the channels that a row of a product must have not to leave the multiplier idle;
--                           small_weight, the floats of a weight of which several copies stay in cache; on_load, the bytes
--                           of a tensor, as floats, beyond which a batch norm is applied by what reads it. Measured on
--                           Zen 5 (AVX-512), the same for all until others are measured
--   threads                 whether its programs have threads
--   lanes, panel            floats of a vector; columns of a tile, in floats
--   blas                    whether products of matrices are calls of a BLAS: with --blas alone
--   choices                 by what kernels.choice says of a node, the algorithm of a file of make tune; nil: costs decide
--   exact                   whether convolutions keep to direct algorithms: with --exact alone
--   precision               of products: "float32", or what words.lua has beside it
--   blas_core               OpenBLAS's kernels of these instructions, as it calls them; nil: it needs no hint
local fields = require "fields"
local layout = require "layout"

local targets = {}

local machine_fields = "name! architecture features! flags! vector_bytes! registers cache! line fma tile! vectors! costs! threads bf16 "
  .. "blas_core"
local _, machine_fault = fields.declare("machine", machine_fields)
local make = fields.declare("target", machine_fields .. " blas exact precision choices lanes panel")
local make_tile, tile_fault = fields.declare("tile", "rows! vectors! depth!")
local make_costs, costs_fault = fields.declare("list of costs", "transform! full_row! small_weight! on_load!")

-- What products may be made of; words.lua says what they are.
targets.precisions = { "float32", "bf16", "bf16_4x4" }

-- What is wrong with the fields of a machine, or nil.
function targets.fault(machine)
  local function within(name, fault) return fault and "has " .. name .. ", which " .. fault end
  return machine_fault(machine) or within("a tile", tile_fault(machine.tile)) or within("costs", costs_fault(machine.costs))
end

targets.names = { "native", "avx512bf16", "avx512", "avx2", "aarch64", "portable" }

-- Nobody reads errno or floating-point traps here; without them square roots and choices are vectors. Nothing is
-- contracted, so that moving a line, or another compiler, changes no bit.
local always = "-fno-math-errno -fno-trapping-math -ffp-contract=off"

local function copy(machine)
  local target = {}
  for key, value in pairs(machine) do target[key] = value end
  target.line = target.line or 1
  target.tile, target.costs = make_tile(machine.tile), make_costs(machine.costs)
  return make(target)
end

local function of_machine(machine)
  local target = copy(machine)
  target.blas, target.exact, target.precision = false, false, "float32"
  target.lanes = machine.vector_bytes // layout.bytes "f32"
  target.panel = machine.tile.vectors * target.lanes
  target.flags = always .. (machine.flags ~= "" and " " .. machine.flags or "")
  targets.by_name[target.name] = target
  return target
end

-- The best first: of these, `native` is the first that this processor runs, one for bf16 only where that is wanted.
local machines = {}
targets.by_name = {}
for i = 2, #targets.names do machines[i - 1] = of_machine(require("machines." .. targets.names[i])) end

-- Adds a machine that is meant where its name is said, and never by `native`.
function targets.add(machine)
  targets.names[#targets.names + 1] = machine.name
  of_machine(machine)
end

local function read_processor()
  local file = io.open("/proc/cpuinfo")
  if not file then return "" end
  local text = file:read("a")
  file:close()
  return text
end

-- What the first processor of such a text has, with a space on both ends, and its family; empty where it doesn't say.
local function processor(text)
  local x86, arm = text:match("\nflags%s*:%s*([^\n]*)"), text:match("\nFeatures%s*:%s*([^\n]*)")
  return " " .. (x86 or arm or "") .. " ", x86 and "x86_64" or arm and "aarch64" or ""
end

local function has_all(features, names)
  for name in names:gmatch("%S+") do
    if not features:find(" " .. name .. " ", 1, true) then return false end
  end
  return true
end

-- The features that a program looks for before it runs, in the words of __builtin_cpu_supports, which are those of
-- /proc/cpuinfo but for a _; empty where no compiler answers that, or nothing is needed.
function targets.checked(target)
  local list = {}
  if target.architecture == "x86_64" then
    for name in target.features:gmatch("%S+") do list[#list + 1] = (name:gsub("_bf16", "bf16")) end
  end
  return list
end

-- The same target with products by a BLAS.
function targets.with_blas(target)
  if not target.threads then error("--blas: the target " .. target.name .. " links no BLAS; leave one of the two out", 0) end
  local result = copy(target)
  result.blas = true
  return result
end

-- The same target with the algorithms alone that multiply what the definition of an op does.
function targets.exactly(target)
  local result = copy(target)
  result.exact = true
  return result
end

-- The same target with algorithms chosen by a file (tuning.lua).
function targets.choosing(target, choices)
  local result = copy(target)
  result.choices = choices
  return result
end

-- The same target with products of that precision; exact ones are of floats.
function targets.with_precision(target, precision)
  if target.blas then error("--blas: a BLAS multiplies no " .. precision .. "; leave it out, or give --precision float32", 0) end
  if target.exact then error("exact: products of " .. precision .. " round; leave it out, or give --precision float32", 0) end
  local result = copy(target)
  result.precision = precision
  return result
end

-- The target of that name; `native` is made out from `cpuinfo`, by default Linux' /proc/cpuinfo, and may be a machine for
-- bf16 where wants_bf16.
function targets.resolve(name, wants_bf16, cpuinfo)
  if name ~= "native" then return targets.by_name[name] end
  local features, architecture = processor(cpuinfo or read_processor())
  for _, machine in ipairs(machines) do
    local is_meant = wants_bf16 or not machine.bf16
    if is_meant and (not machine.architecture or machine.architecture == architecture) and has_all(features, machine.features) then
      return machine
    end
  end
end

return targets
