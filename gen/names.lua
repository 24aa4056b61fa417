-- Names of layers and blocks: as in PyTorch's state_dict (layer1.0.conv1), with _ for . in C.
local sandbox = require "sandbox"
local words = require "words"

local names = {}
local fail, show = sandbox.fail, sandbox.show

-- What a C file cannot have as the name of a tensor: keywords, macros and what common headers declare.
local reserved = {}
for word in string.gmatch([[
  auto break case char const continue default do double else enum extern float for goto if inline int
  long register restrict return short signed sizeof static struct switch typedef union unsigned void
  volatile while bool true false NULL errno assert complex imaginary I asm typeof linux unix main
  abort abs atan calloc ceil cos div erf exit exp floor free index j0 j1 jn labs log malloc memcmp
  memcpy memset pow qsort rand rint round sin sqrt stat stdin stdout stderr tan time y0 y1 yn
]], "%S+") do reserved[word] = true end

-- Files of generated C that bear no model's name.
local files = {}
for stem in string.gmatch([[
  forward backward evaluate kernels memory update base gemm support layers vectors mathematics load library
]], "%S+") do
  files[stem] = true
end

-- Folders below build/ that are no model's.
local folders = { data = true, tests = true, fuzz = true }

function names.check_model(name)
  if folders[name] then fail("model: name %s is a folder of its own below build/; choose another", show(name)) end
  if files[name] then fail("model: name %s is a file of every model, %s.c; choose another", show(name), name) end
end

-- What --prefix may be: returns it, or nil and what is wrong.
function names.check_prefix(prefix)
  if not string.find(prefix, "^%a[%w_]*$") then
    return nil, string.format("prefix %s must be letters, digits and _, a letter first", show(prefix))
  end
  if #prefix > 100 then return nil, string.format("prefix %s is longer than 100 letters", show(prefix)) end
  if reserved[prefix] then return nil, string.format("prefix %s has a meaning in C; choose another", show(prefix)) end
  if files[prefix] then return nil, string.format("prefix %s is a file of every model, %s.c; choose another", show(prefix), prefix) end
  return prefix
end

function names.c(name) return (string.gsub(name, "%.", "_")) end

-- The same where macros may be in force: they have names in capitals.
function names.identifier(name)
  local c = names.c(name)
  return string.find(c, "^[A-Z][A-Z%d_]*$") and "net_" .. c or c
end

-- Checks the name that a spec gives to `what`; `full` has the names of the blocks around it in front.
function names.check(what, name, full)
  if type(name) ~= "string" then
    fail('%s: needs a name, a string such as "%s1", not %s', what, what, show(name))
  end
  if not string.find(name, "^%w[%w_.]*$") or string.find(name, "..", 1, true) or string.find(name, "%.$") then
    fail("%s: name %s must be letters, digits and _, in parts joined by single dots", what, show(name))
  end
  if not string.find(full, "^%a") then fail("%s: name %s must begin with a letter", what, show(full)) end
  if #full > 100 then fail("%s: name %s is longer than 100 letters", what, show(full)) end
  local c = names.c(full)
  if reserved[c] then fail("%s: name %s has a meaning in C; choose another", what, show(full)) end
  if string.find(c, "^d_") then fail("%s: name %s would be a gradient's; do not begin with d_", what, show(full)) end
end

-- Whether it is a word of layers with weights, which a spec may want to use twice.
local function is_layer(word) return words.by_name[word] and words.by_name[word].kind == "layer" end

-- A register of names in use. Two that are one in C (a.b and a_b) count as the same.
function names.register()
  local taken = {}
  local register = {}

  function register.take(what, name, line)
    local old = taken[names.c(name)]
    if old then
      local other = old.name == name and "" or " " .. old.name
      local both = is_layer(what) and is_layer(old.what) and other == ""
      sandbox.fail_at(line, "%s: name %s is taken by the %s%s of line %d%s", what, show(name), old.what, other, old.line,
        both and "; each layer has weights of its own, which can't be shared" or "")
    end
    taken[names.c(name)] = { what = what, name = name, line = line }
  end

  function register.is_free(name) return not taken[names.c(name)] end
  function register.release(name) taken[names.c(name)] = nil end
  return register
end

return names
