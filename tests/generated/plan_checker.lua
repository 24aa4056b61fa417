-- Proves a memory plan from the emitted C alone: nothing of gen/ is loaded, no graph is known.
--
--   lua5.4 tests/generated/plan_checker.lua FOLDER     prints what is wrong, exits with 1 if anything is
--
-- Reads where each tensor lies (memory.h), how large it is (the array that a prototype in kernels.h
-- takes), and the calls of the three programs in their order. A tensor lives from the first call that
-- names it to the last. Then no two tensors that live at once may share a byte, except where the
-- comment above a call says `X lies over Y`, that call is Y's last and X's first, and the kernel's
-- prototype says that it may. What outlives a step (parameters, gradients, optimiser state, running statistics)
-- lives always.
local folder = arg[1]
local faults = 0

local function complain(format, ...)
  faults = faults + 1
  print(string.format(format, ...))
end

local function give_up(format, ...)
  print(string.format(format, ...))
  os.exit(1)
end

local function raw(name)
  local file = io.open(folder .. "/" .. name, "rb")
  if not file then return "" end
  local text = file:read("a")
  file:close()
  return text
end

-- A file with all white space as single blanks, preprocessor lines gone; "" if there is none.
local function read(name)
  return ((("\n" .. raw(name)):gsub("\n[ \t]*#[^\n]*", "")):gsub("%s+", " "))
end

local function without_comments(text) return (text:gsub("/%*.-%*/", " "):gsub(" +", " ")) end

-- "a, f(b, c), d" -> { "a", "f(b, c)", "d" }
local function split(list)
  local out, depth, start = {}, 0, 1
  for i = 1, #list + 1 do
    local c = list:sub(i, i)
    if c == "(" then depth = depth + 1 elseif c == ")" then depth = depth - 1 end
    if i > #list or (c == "," and depth == 0) then
      out[#out + 1] = list:sub(start, i - 1):match("^%s*(.-)%s*$")
      start = i + 1
    end
  end
  return out
end

local batch = tonumber(read("base.h"):match("BATCH = (%d+)"))
if not batch then give_up("%s: no BATCH in base.h", folder) end

-- "[2][BATCH][3]" -> elements
local function elements(dims)
  local count = 1
  for extent in dims:gmatch("%[(%w+)%]") do
    count = count * (extent == "BATCH" and batch or tonumber(extent))
  end
  return count
end

local element_bytes = { bf16 = 2, float = 4, uint8_t = 1, uint16_t = 2, uint32_t = 4 }
local function align(bytes) return (bytes + 63) // 64 * 64 end

-- Where things lie -------------------------------------------------------------------------------

local model_name = raw("runtime/model.h"):match('#define model_context ([%w_]+)') or give_up("%s: no model.h", folder)
local memory = without_comments(read("memory.h"))
local model = without_comments(read(model_name .. ".c"))
local opened = model:match("_open%(void %*memory.-%) (%b{})") or give_up("%s: no %s_open", folder, model_name)

-- members[name] = { offset, bytes, dims }: of struct parameters, as a compiler lays it out
local members, struct_bytes = {}, 0
local struct = memory:match("struct parameters (%b{})")
for name, dims in (struct or ""):gmatch("ALIGNED float ([%w_]+)([%[%]%w]+);") do
  members[name] = { offset = struct_bytes, bytes = 4 * elements(dims), dims = dims }
  struct_bytes = struct_bytes + align(4 * elements(dims))
end

local arena_bytes = tonumber(raw(model_name .. ".h"):match("_BYTES (%d+)")) or give_up("%s: no _BYTES", folder)

-- Where open puts what the context points to, in bytes; what it never sets has no place.
local function bound(symbol)
  return tonumber(opened:match("[ {;]c%->" .. symbol .. " = place%(c, (%d+)%);") or give_up("%s: no address", symbol))
end

-- places[symbol] = { symbol, offset, type, inner }: pointers; inner is the type of what they point to
local places, order, structs = {}, {}, {}

local function add_place(symbol, type, inner)
  if places[symbol] then complain("%s: declared twice", symbol) end
  places[symbol] = { symbol = symbol, type = type, inner = inner, offset = bound(symbol) }
  order[#order + 1] = places[symbol]
end

local context = memory:match("struct " .. model_name .. " (%b{})") or give_up("%s: no context", folder)
for statement in context:sub(2, -2):gmatch("[^;]+;") do
  local names = statement:match("^ ?struct parameters (%*.*);")
  for name in (names or ""):gmatch("%*([%w_]+)") do
    structs[#structs + 1] = { symbol = name, offset = bound(name), bytes = struct_bytes }
  end
  local type, symbol, inner = statement:match("^ ?([%w_]+) %(%*([%w_]+)%)([%[%]%w]+);")
  if not symbol then
    type, symbol = statement:match("^ ?([%w_]+) %*([%w_]+);")
    inner = ""
  end
  if symbol and element_bytes[type] then add_place(symbol, type, inner) end
end

-- What kernels take as one struct: gathered[NAME] = { MEMBER = its symbol or w->SYMBOL }. How many elements a member has, a
-- comment says; that it fits the kernel, its array of images.
local gathered, types = {}, without_comments(read("base.h"))
for group, name in read("memory.h"):match("struct " .. model_name .. " (%b{})"):gmatch("struct (%b{}) ([%w_]+);") do
  for kind, one, count in group:gmatch("struct ([%w_]+) ([%w_]+); /%* (%d+) each %*/") do
    local symbol = name .. "." .. one
    gathered[symbol] = {}
    for member in types:match("struct " .. kind .. " (%b{})"):gmatch("%*([%w_]+)") do
      local full = symbol .. "." .. member
      gathered[symbol][member] = opened:match("[ {;]c%->" .. full .. " = c%->(%w+%->[%w_]+);")
      if opened:find("c->" .. full .. " = place(", 1, true) then
        gathered[symbol][member] = full
        add_place(full, "float", "")
        places[full].bytes = 4 * tonumber(count)
      end
    end
  end
end

-- The context itself lies at the front, where pointers take 8 bytes: open has the compiler check that it fits.
local front = tonumber(opened:match("context_fits%[sizeof%(struct [%w_]+%) <= (%d+) %? 1 : %-1%]")
  or give_up("%s: nothing checks the context's size", folder))
structs[#structs + 1] = { symbol = "the context", offset = 0, bytes = front }

-- What kernels take and write --------------------------------------------------------------------

local prototypes = {}
for name, parameters in without_comments(read("kernels.h")):gmatch("void ([%w_]+)(%b());") do
  local list = {}
  for i, text in ipairs(split(parameters:sub(2, -2))) do
    local type, parameter, dims = text:match("^([%w_]+) ([%w_]+)(%[.+%])$")
    list[i] = { type = type, name = parameter or text:match("([%w_]+)$"), dims = dims }
  end
  prototypes[name] = list
end

-- What a kernel does with its parameters, as the comment before its prototype says it: mode[parameter] = "reads",
-- "writes", "updates" or "scratch"; over["x over y"]: x may be written where y is read.
local uses = {}
for comment, name in read("kernels.h"):gmatch("/%* (%l[^/]-) %*/ void ([%w_]+)%(") do
  local use = { mode = {}, over = {} }
  for part in (comment:gsub(" %* ", " ") .. "; "):gmatch("(.-); ") do
    local x, y = part:match("^([%w_]+) may lie over ([%w_]+)$")
    local mode, list = part:match("^(%l+) (.*)$")
    if x then use.over[x .. " over " .. y] = true else
      for parameter in list:gmatch("[%w_.]+") do use.mode[parameter] = mode end
    end
  end
  uses[name] = use
end

local function use_of(kernel)
  return uses[kernel] or give_up("%s: kernels.h doesn't say what it reads and writes", kernel)
end

-- The programs, call by call ----------------------------------------------------------------------

-- The calls of run_NAME: { kernel, arguments, over = { [X] = Y } } ...
local function calls_of(file, entry)
  local text, functions = read(file), {}
  for name, body in text:gmatch("void ([%w_]+)%(struct [%w_]+ %*c, int n%) (%b{})") do functions[name] = body:sub(2, -2) end
  local calls = {}
  -- c->NAME is a tensor; what is the caller's or the host's has no place
  local function plain(list)
    for i, argument in ipairs(list) do list[i] = argument:gsub("^&?c%->", "") end
    return list
  end
  for name in (functions[entry] or give_up("%s: no %s", file, entry)):gmatch("([%w_]+)%(c, n%);") do
    local body, position, over = functions[name] or give_up("%s: no %s", file, name), 1, {}
    while true do
      -- What a later stage of freezing leaves out lives as long as if it didn't.
      position = (select(2, body:find("^%s*if %(c%->hyper%->frozen < %d+%)", position)) or position - 1) + 1
      local comment = body:match("^%s*/%*(.-)%*/", position)
      local kernel, list = body:match("^%s*([%w_]+)(%b());", position)
      if comment then
        local x, y = comment:match("^ ([%w_]+) lies over ([%w_]+), which ends here")
        if x then over[x] = y end
        position = select(2, body:find("^%s*/%*.-%*/", position)) + 1
      elseif kernel then
        calls[#calls + 1] = { kernel = kernel, arguments = plain(split(list:sub(2, -2))), over = over, scope = name }
        over = {}
        position = select(2, body:find("^%s*[%w_]+%b();", position)) + 1
      elseif body:match("^%s*$", position) then
        break
      else
        give_up("%s: %s: what is `%s`?", file, name, body:sub(position, position + 60))
      end
    end
  end
  return calls
end

local train, loss_time = {}, 0 -- an output without a training step has no such files
if raw("forward.c") ~= "" then
  train = calls_of("forward.c", "run_forward")
  loss_time = #train
  for _, call in ipairs(calls_of("backward.c", "run_backward")) do train[#train + 1] = call end
end
local evaluate = calls_of("evaluate.c", "run_evaluate")

-- Takes the size of a tensor from the parameter it is passed to.
local function measure(place, parameter, call)
  local inner = parameter.dims:match("^%[%w+%](.*)$")
  if parameter.type ~= place.type or inner ~= place.inner then
    complain("%s: %s takes %s as %s%s, memory.h has it as %s [?]%s", call.scope, call.kernel, place.symbol,
      parameter.type, parameter.dims, place.type, place.inner)
  end
  local bytes = element_bytes[parameter.type] * elements(parameter.dims)
  if place.bytes and place.bytes ~= bytes then
    complain("%s: %s takes %s as %d bytes, another kernel as %d", call.scope, call.kernel, place.symbol, bytes,
      place.bytes)
  end
  place.bytes = math.max(place.bytes or 0, bytes)
end

local gradients_written = {}

-- The table of tensors: name, bytes, and what lies at its places.
local at_offset = {}
for _, place in ipairs(order) do at_offset[place.offset] = place end
local rows = {}
for name, dims, value, dead in model:gmatch(
  '{"([^"]+)", [%w_]+, %d, %d, {([^}]*)}, [^{}]-, {[^}]*}, %d+, [%w_]+, ([^,}]+), (%d+), %d+}[,}]') do
  local count = 1
  for extent in dims:gmatch("%d+") do count = count * tonumber(extent) end
  rows[#rows + 1] = { name = name, bytes = 4 * count, value = tonumber(value), dead = at_offset[tonumber(dead)] }
end

-- What it has besides w->: running statistics, and what is frozen, which no call may write.
local resting = {}
for _, row in ipairs(rows) do
  local place = at_offset[row.value]
  if place and not row.name:find("running_[mv]%w+$") then resting[place.symbol] = true end
end

local function check_member(call, parameter, base, member, is_written)
  local known = members[member]
  if not known then return complain("%s: no %s->%s", call.kernel, base, member) end
  if known.dims ~= parameter.dims then
    complain("%s: %s takes %s->%s as %s, it is %s", call.scope, call.kernel, base, member, parameter.dims, known.dims)
  end
  if base == "w" and is_written then complain("%s: %s writes w->%s", call.scope, call.kernel, member) end
  if base == "g" and is_written then gradients_written[member] = true end
end

-- What a call has that no tensor is.
local given = { ["NULL"] = true, ["0"] = true, ["1"] = true,
  host = true, images = true, targets = true, result = true, n = true, ["hyper->seed"] = true,
  ["(uint64_t)c->hyper->step"] = true }

-- Whether the call tells its kernel to add.
local function adds(call, prototype)
  for i, parameter in ipairs(prototype) do
    if parameter.name == "add" then return call.arguments[i] == "1" end
  end
  give_up("%s: %s is not told whether to add", call.scope, call.kernel)
end

-- A call's arguments with their parameters, {argument, parameter} ..., members of a struct each by itself.
local function arguments_of(call, prototype, use)
  local list, channels = {}, nil
  for _, parameter in ipairs(prototype) do channels = channels or (parameter.dims or ""):match("%[BATCH%]%[(%d+)%]$") end
  for i, argument in ipairs(call.arguments) do
    if not gathered[argument] then list[#list + 1] = { argument, prototype[i] } end
    for member, symbol in pairs(gathered[argument] or {}) do
      local name = prototype[i].name .. "." .. member
      if use.mode[name] then list[#list + 1] = { symbol, { name = name, type = "float", dims = "[" .. channels .. "]" } } end
    end
  end
  return list
end

-- The touches of one program: place[program] = { first, last }. What is read has been written.
local function walk(calls, program, is_persistent)
  for time, call in ipairs(calls) do
    local prototype = prototypes[call.kernel] or give_up("%s: no prototype of %s", call.scope, call.kernel)
    local use = use_of(call.kernel)
    if #prototype ~= #call.arguments then complain("%s: %s takes %d arguments", call.scope, call.kernel, #prototype) end
    for _, pair in ipairs(arguments_of(call, prototype, use)) do
      local argument, parameter = table.unpack(pair)
      local place = places[argument]
      local mode = use.mode[parameter.name]
      if mode == "accumulates" then mode = adds(call, prototype) and "updates" or "writes" end
      local is_written = mode and mode ~= "reads"
      local base, member = argument:match("^(%w+)%->([%w_]+)$")
      if place then
        if not mode then complain("%s: kernels.h doesn't say what %s does with %s", call.scope, call.kernel, parameter.name) end
        measure(place, parameter, call)
        if is_written and resting[argument] then complain("%s: %s writes %s", call.scope, call.kernel, argument) end
        if not place[program] then
          place[program] = { first = time, last = time }
          if (mode == "reads" or mode == "updates") and not is_persistent[argument] then
            complain("%s: %s reads %s, which nobody wrote", call.scope, call.kernel, argument)
          end
        end
        place[program].last = time
      elseif base and not given[argument] then
        check_member(call, parameter, base, member, is_written)
      elseif not given[argument] then
        complain("%s: %s is given %s, which memory.h hasn't", call.scope, call.kernel, argument)
      end
    end
  end
end

-- What the optimiser and the table of tensors name outlives a step, and so do the batches that the caller fills. But Muon's
-- matrices are made and read in the update alone.
local persistent, in_update = {}, {}
local update = without_comments(read("update.c"))
for symbol in update:gmatch("c%->([%w_.]+)") do
  if places[symbol] then (symbol:find "^muon_" and in_update or persistent)[symbol] = true end
end
for _, row in ipairs(rows) do
  if row.dead then persistent[row.dead.symbol] = true end
  if at_offset[row.value] then persistent[at_offset[row.value].symbol] = true end
end

for body in model:gmatch("_batch_%w+%(struct [%w_]+ %*c, int which%) (%b{})") do
  for symbol in body:gmatch("c%->([%w_]+)") do
    local place = places[symbol]
    if place then
      persistent[symbol] = true
      place.bytes = element_bytes[place.type] * batch * elements(place.inner)
    end
  end
end

walk(train, "train", persistent)
walk(evaluate, "evaluate", persistent)

-- The update comes after the last call. A stretch of values is { NAME + FIRST, ..., COUNT }. Beside parameters, each has its state,
-- of its size and as far from the first one's; beside a dead part, the states are as large as the stretch. They outlive a step. A
-- matrix has as many values as a stretch that Muon moves, a square as its shape says.
local after, largest = #train + 1, { matrix = 0, square = 0 }
local function keep_state(symbol, offset, bytes)
  local place = places[symbol] or give_up("update.c needs a %s", symbol)
  if place.offset ~= offset then complain("%s: lies at %d, the update takes it at %d", symbol, place.offset, offset) end
  place.bytes = math.max(place.bytes or 0, bytes)
  persistent[symbol] = true
end
local function take_states(symbol, start, count)
  local prefix
  for name, member in pairs(members) do
    if member.offset == start then prefix = symbol:match("^(.*_)" .. name .. "$") end
  end
  if not prefix then give_up("%s: no state of what lies at w + %d", symbol, start // 4) end
  for name, member in pairs(members) do
    local distance = member.offset - start
    if distance >= 0 and distance < 4 * count then
      keep_state(prefix .. name, places[symbol].offset + distance, align(member.bytes))
    end
  end
end
for list in update:gmatch("%(struct stretch%)(%b{})") do
  local count = tonumber(list:match(", (%d+)}$") or give_up("a stretch without a count: %s", list))
  local begin = list:match("^{%(float %*%)c%->w%f[^%w_] ?%+? ?(%d*)")
  for symbol, first in list:gmatch("c%->([%w_]+) ?%+? ?(%d*)") do
    if places[symbol] then
      if first ~= "" then give_up("%s: a state from its middle on", symbol) end
      if begin then
        take_states(symbol, 4 * (tonumber(begin) or 0), count)
      else
        keep_state(symbol, places[symbol].offset, 4 * count)
      end
    end
  end
end
local moved = "update_muon%(c, %(struct stretch%){[^}]*, (%d+)}, %(struct stretch%)%b{}, %(struct muon_shape%){([^}]*)}"
for count, shape in update:gmatch(moved) do
  local small = tonumber(split(shape)[5])
  largest.matrix, largest.square = math.max(largest.matrix, tonumber(count)), math.max(largest.square, small * small)
end
for symbol in pairs(in_update) do
  places[symbol].bytes = 4 * largest[(symbol == "muon_gram" or symbol == "muon_polynomial") and "square" or "matrix"]
  places[symbol].train = { first = after, last = after }
end

for member in pairs(members) do
  if not gradients_written[member] then complain("g->%s: the backward program doesn't write it", member) end
end

-- Logits are read after the call, suspects of a loss that is not finite after the forward program.
for symbol in model:gmatch("c%->logits = c%->([%w_]+)%[0%]") do
  local place = places[symbol] or give_up("logits are %s?", symbol)
  for program, calls in pairs { train = train, evaluate = evaluate } do
    if place[program] then place[program].last = program == "train" and after or #calls end
  end
end
for symbol in model:gmatch("all_finite%(%(const float %*%)c%->([%w_.]+),") do
  local place = places[symbol]
  if not place or not (persistent[symbol] or place.train and place.train.first <= loss_time) then
    complain("first_nonfinite reads %s, which the forward program doesn't write", symbol)
  elseif place.train then
    place.train.last = math.max(place.train.last, loss_time)
  end
end

-- Dead parts of weights are in no call: what the table says beyond the live part, and so are their states.
local in_struct = {}
local values = 0
for _, entry in ipairs(structs) do
  if entry.symbol == "w" then values = entry.offset end
end
for _, member in pairs(members) do in_struct[values + member.offset] = member.bytes end
for _, row in ipairs(rows) do
  local place = at_offset[row.value]
  local live = place and (place.bytes or 0) or in_struct[row.value]
  local bytes = row.value and row.bytes - (live or give_up("%s: nothing lies at %d", row.name, row.value)) or 0
  if row.dead then
    row.dead.bytes = bytes
  elseif bytes ~= 0 then
    complain("%s has %d bytes of the table's %d and no dead part", row.name, live, row.bytes)
  end
end
local sized = {}
for _, place in ipairs(order) do
  if place.bytes then sized[#sized + 1] = place end
end
for _, place in ipairs(order) do
  if not place.bytes and persistent[place.symbol] then -- a state of a dead part or an average, in one call with it
    for _, other in ipairs(sized) do
      for list in read("update.c"):gmatch("%b()") do
        if list:find("c%->" .. other.symbol .. "%f[^%w_]") and list:find("c%->" .. place.symbol .. "%f[^%w_]") then
          place.bytes = other.bytes
        end
      end
    end
  end
  if not place.bytes then complain("%s: nobody uses it", place.symbol) end
end

-- No two at once in one place ----------------------------------------------------------------------

local all = table.move(order, 1, #order, 1, {})
for _, entry in ipairs(structs) do
  persistent[entry.symbol] = true
  all[#all + 1] = entry
end

for _, place in ipairs(all) do
  place.bytes = place.bytes or 0
  if place.offset % 64 ~= 0 then complain("%s: offset %d is no multiple of 64", place.symbol, place.offset) end
  if place.offset + place.bytes > arena_bytes then
    complain("%s: ends at %d, the arena at %d", place.symbol, place.offset + place.bytes, arena_bytes)
  end
end

-- Whether `x` takes over the bytes of `y` in the call at which one ends and the other begins.
local function takes_over(calls, program, x, y)
  local call = calls[x[program].first]
  if not call then return false end -- of the update
  if call.over[x.symbol] ~= y.symbol or y[program].last ~= x[program].first then return false end
  if x.offset ~= y.offset or x.bytes ~= y.bytes then return false end
  local names = {}
  for i, argument in ipairs(call.arguments) do names[argument] = prototypes[call.kernel][i].name end
  return use_of(call.kernel).over[names[x.symbol] .. " over " .. names[y.symbol]] or false
end

local function overlap_in(calls, program, a, b)
  local s, t = a[program], b[program]
  if not s or not t or s.last < t.first or t.last < s.first then return false end
  return not takes_over(calls, program, a, b) and not takes_over(calls, program, b, a)
end

local function at_once(a, b)
  if persistent[a.symbol] or persistent[b.symbol] then return true end
  return overlap_in(train, "train", a, b) or overlap_in(evaluate, "evaluate", a, b)
end

table.sort(all, function(a, b)
  if a.offset ~= b.offset then return a.offset < b.offset end
  return a.symbol < b.symbol
end)
local shared = 0
for i, a in ipairs(all) do
  for j = i + 1, #all do
    local b = all[j]
    if b.offset >= a.offset + a.bytes then break end
    shared = shared + 1
    if at_once(a, b) then
      complain("%s (%d bytes at %d) and %s (%d at %d) live at once", a.symbol, a.bytes, a.offset, b.symbol, b.bytes,
        b.offset)
    end
  end
end

-- A comment that claims more than the addresses is wrong, too.
for program, calls in pairs { train = train, evaluate = evaluate } do
  for _, call in ipairs(calls) do
    for x, y in pairs(call.over) do
      if not (places[x] and places[y] and places[x][program] and takes_over(calls, program, places[x], places[y])) then
        complain("%s: %s: %s doesn't lie over %s", call.scope, call.kernel, x, y)
      end
    end
  end
end

if faults > 0 then os.exit(1) end
print(string.format("%d tensors, %d calls, %d pairs share memory at different times", #all, #train + #evaluate, shared))
