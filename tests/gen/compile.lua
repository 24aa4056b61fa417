-- A spec's graph as the compiler has it after a pass: compile(PATH [, PASS [, OPTIONS [, SEE]]]).
-- PATH is from the top folder, PASS the last pass to run (default: all), OPTIONS those of the command line
-- (default: --target avx2, which is the same everywhere). SEE is called with the graph and the name of each pass.
local check = require "check"
local compiler = require "compiler"
local harness = require "harness"
local passes = require "passes"

return function(path, last, options, see)
  options = options or {}
  local graph = compiler.start {
    spec = path:find("^/") and path or harness.root .. "/" .. path, target = options.target or "avx2",
    batch = options.batch, memory = options.memory or "plan", freeze = options.freeze, as = options.as,
    exact = options.exact, precision = options.precision, blas = options.blas, tuning = options.tuning,
  }
  for _, name in ipairs(graph.output.passes) do
    passes[name](graph)
    check.run(graph, name)
    if see then see(graph, name) end
    if name == last then break end
  end
  return graph
end
