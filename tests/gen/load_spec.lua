-- Loads one spec in a process of its own, which ulimit can bound: lua5.4 load_spec.lua ROOT SPEC
-- Prints the error, or "loaded". Fewer lines may run than usual, so that tests of that limit are quick.
package.path = table.concat({ arg[1] .. "/gen/?.lua", arg[1] .. "/gen/?/init.lua", package.path }, ";")
require("sandbox").limits.lines = 400000
local ok, problem = pcall(require("spec").load, arg[2])
print(ok and "loaded" or problem)
