-- Each machine again, as NAMEcheap: one whose transforms cost nothing, so that bilinear algorithms of all forms are chosen for
-- few channels, too, where tests are short; batch norms are applied on load wherever they can be; and caches are so small that
-- little is much: what then lies in memory is transformed apart, and written past the caches.
local list = {}
for i, name in ipairs { "avx512bf16", "avx512", "avx2", "aarch64", "portable" } do
  local machine = {}
  for key, value in pairs(require("machines." .. name)) do machine[key] = value end
  machine.cache = 16 << 10
  machine.name, machine.costs = name .. "cheap", { transform = 0, full_row = 32, small_weight = 9 * 256 * 256, on_load = 0 }
  list[i] = machine
end
return { machines = list }
