-- Proves a memory plan from the emitted C alone: nothing of gen/ is loaded, no graph is known.
--
--   lua5.4 tests/generated/plan_checker.lua FOLDER     prints what is wrong, exits with 1 if anything is
--
-- Reads where each tensor lies (memory.h), how large it is (the array that a prototype in kernels.h
-- takes), and the calls of the three programs in their order. A tensor lives from the first call that
-- names it to the last. Then no two tensors that live at once may share a byte, except where the
-- comment above a call says `X lies over Y`, that call is Y's last and X's first, and the kernel works
-- element by element. What outlives a step (parameters, gradients, optimiser state, running statistics)
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

local element_bytes = { float = 4, uint8_t = 1, uint16_t = 2, uint32_t = 4 }
local function align(bytes) return (bytes + 63) // 64 * 64 end

-- Where things lie -------------------------------------------------------------------------------

local memory_h = read("memory.h")
local memory = without_comments(memory_h):gsub("const ", "")
local model_name = raw("model.h"):match('#define MODEL_NAME "([%w_]+)"') or give_up("%s: no model.h", folder)
local model = without_comments(read(model_name .. ".c"))
local opened = model:match("int MODEL%(open%)%(void%) (%b{})") or give_up("%s: no MODEL(open)", folder)

-- members[name] = { offset, bytes, dims }: of struct parameters, as a compiler lays it out
local members, struct_bytes = {}, 0
local struct = memory:match("struct parameters (%b{})")
for name, dims in (struct or ""):gmatch("ALIGNED float ([%w_]+)([%[%]%w]+);") do
  members[name] = { offset = struct_bytes, bytes = 4 * elements(dims), dims = dims }
  struct_bytes = struct_bytes + align(4 * elements(dims))
end

local arena_bytes = 4 * (tonumber(memory:match("extern float arena%[(%d+)%];") or 0))
if arena_bytes == 0 then
  arena_bytes = tonumber(memory_h:match("extern float %*arena; /%* (%d+) bytes") or 0)
elseif not without_comments(read("memory.c")):find("ALIGNED float arena[" .. arena_bytes // 4 .. "];", 1, true) then
  complain("memory.c: the arena is not aligned, or not of %d bytes", arena_bytes)
end
if arena_bytes == 0 then give_up("%s: no arena", folder) end

-- places[symbol] = { symbol, offset, type, inner }: pointers; inner is the type of what they point to
local places, order, structs = {}, {}, {}

local function add_place(symbol, type, inner, offset)
  if places[symbol] then complain("%s: declared twice", symbol) end
  places[symbol] = { symbol = symbol, type = type, inner = inner, offset = 4 * tonumber(offset) }
  order[#order + 1] = places[symbol]
end

local function bound(symbol, offset)
  return offset or opened:match("[ {;]" .. symbol .. " = %(.-%(arena %+ (%d+)%)") or give_up("%s: no address", symbol)
end

for statement in memory:gmatch("[^;]+;") do
  local name = statement:match("struct parameters %*([%w_]+)[ ;]")
  local offset = statement:match("%(arena %+ (%d+)%)")
  local type, symbol, inner = statement:match("([%w_]+) %(%*([%w_]+)%)([%[%]%w]+)")
  if not symbol then
    type, symbol = statement:match("([%w_]+) %*([%w_]+)[ ;]")
    inner = ""
  end
  if name then
    structs[#structs + 1] = { symbol = name, offset = 4 * tonumber(bound(name, offset)), bytes = struct_bytes }
  elseif symbol and symbol ~= "arena" and element_bytes[type] then
    add_place(symbol, type, inner, bound(symbol, offset))
  end
end

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

-- Parameters that a kernel writes, by the form of its name; "scratch": the kernel writes it before it
-- reads it, unless an earlier call left something there for it.
local written = {
  { "^normalise", out = true },
  { "^conv.*_grad_weight", d_weight = true, workspace = true, lowered = true },
  { "^conv.*_add_grad_input", d_x = "update", kernel = true, turned = true },
  { "^conv.*_grad_input", d_x = true, kernel = true, turned = true },
  { "^conv", out = true, partial = true, lowered = true, kernel = true },
  { "^bn.*_backward", d_x = true, d_residual = true, d_gamma = true, d_beta = true, partial = true, factors = true },
  { "^bn.*_forward", out = true, mean = true, inv_std = true, running_mean = true, running_var = true,
    partial = "scratch", factors = true },
  { "^bn.*_evaluate", out = true, factors = true },
  { "^max_pool.*_forward", out = true, choice = true },
  { "^linear.*_grad_weight", d_weight = true },
  { "^linear.*_grad_input", d_x = true },
  { "^linear", out = true, turned = true },
  { "^cross_entropy.*_backward", d_logits = true },
  { "^channel_sum", sum = true, partial = true },
  { "^relu_add_.*_backward", d_x = "update" },
  { "^add_add_.*_backward", d_x = "update" },
  { "^add_relu_add_.*_backward", d_x = "update" },
  { "_backward", d_x = true },
  { "_forward", out = true },
  { "_evaluate", out = true },
}

local function written_by(kernel)
  for _, entry in ipairs(written) do
    if kernel:find(entry[1]) then return entry end
  end
  complain("%s: a kernel this checker doesn't know", kernel)
  return {}
end

-- Kernels that may write where they read: they work element by element.
local elementwise = { "^bn_", "^relu_", "^add_", "^dropout_" }

-- The programs, call by call ----------------------------------------------------------------------

-- The calls of run_NAME: { kernel, arguments, over = { [X] = Y } } ...
local function calls_of(file, entry)
  local text, functions = read(file), {}
  for name, body in text:gmatch("void ([%w_]+)%(int n%) (%b{})") do functions[name] = body:sub(2, -2) end
  local calls = {}
  for name in (functions[entry] or give_up("%s: no %s", file, entry)):gmatch("([%w_]+)%(n%);") do
    local body, position, over = functions[name] or give_up("%s: no %s", file, name), 1, {}
    while true do
      local comment = body:match("^%s*/%*(.-)%*/", position)
      local kernel, list = body:match("^%s*([%w_]+)(%b());", position)
      if comment then
        local x, y = comment:match("^ ([%w_]+) lies over ([%w_]+), which ends here")
        if x then over[x] = y end
        position = select(2, body:find("^%s*/%*.-%*/", position)) + 1
      elseif kernel then
        calls[#calls + 1] = { kernel = kernel, arguments = split(list:sub(2, -2)), over = over, scope = name }
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

-- What the table of tensors has besides w->: running statistics, and what is frozen, which no call may write.
local resting = {}
for symbol in opened:gmatch("tensors%[%d+%]%.value = ([%w_]+);") do
  if not symbol:find("running_[mv]%w+$") then resting[symbol] = true end
end

local function check_member(call, parameter, base, member, mode)
  local known = members[member]
  if not known then return complain("%s: no %s->%s", call.kernel, base, member) end
  if known.dims ~= parameter.dims then
    complain("%s: %s takes %s->%s as %s, it is %s", call.scope, call.kernel, base, member, parameter.dims, known.dims)
  end
  if base == "w" and mode then complain("%s: %s writes w->%s", call.scope, call.kernel, member) end
  if base == "g" and mode then gradients_written[member] = true end
end

-- The touches of one program: place[program] = { first, last }. What is read has been written.
local function walk(calls, program, is_persistent)
  for time, call in ipairs(calls) do
    local prototype = prototypes[call.kernel] or give_up("%s: no prototype of %s", call.scope, call.kernel)
    local writes = written_by(call.kernel)
    if #prototype ~= #call.arguments then complain("%s: %s takes %d arguments", call.scope, call.kernel, #prototype) end
    for i, argument in ipairs(call.arguments) do
      local parameter, place = prototype[i], places[argument]
      local mode = writes[parameter.name]
      local base, member = argument:match("^(%w+)%->([%w_]+)$")
      if place then
        measure(place, parameter, call)
        if mode and resting[argument] then complain("%s: %s writes %s", call.scope, call.kernel, argument) end
        if not place[program] then
          place[program] = { first = time, last = time }
          if (not mode or mode == "update") and not is_persistent[argument] then
            complain("%s: %s reads %s, which nobody wrote", call.scope, call.kernel, argument)
          end
        end
        place[program].last = time
      elseif base then
        check_member(call, parameter, base, member, mode)
      elseif not argument:find("step[%.%-]") and argument ~= "n" then
        complain("%s: %s is given %s, which memory.h hasn't", call.scope, call.kernel, argument)
      end
    end
  end
end

-- What the optimiser and the table of tensors name outlives a step, and so do the batches that the caller fills.
local persistent = {}
for _, text in ipairs { without_comments(read("update.c")), (opened:gsub("[%w_]+ = %([^;]-%(arena %+ %d+%);", "")) } do
  for symbol in text:gmatch("[%w_]+") do
    if places[symbol] then persistent[symbol] = true end
  end
end

for body in model:gmatch("MODEL%(batch_%w+%)%(int which%) (%b{})") do
  for symbol in body:gmatch("[%w_]+") do
    local place = places[symbol]
    if place then
      persistent[symbol] = true
      place.bytes = element_bytes[place.type] * batch * elements(place.inner)
    end
  end
end

walk(train, "train", persistent)
walk(evaluate, "evaluate", persistent)

for member in pairs(members) do
  if not gradients_written[member] then complain("g->%s: the backward program doesn't write it", member) end
end

-- Logits are read after the call, suspects of a loss that is not finite after the forward program.
for symbol in model:gmatch("last_logits = ([%w_]+)%[0%]") do
  local place = places[symbol] or give_up("logits are %s?", symbol)
  for program, calls in pairs { train = train, evaluate = evaluate } do
    if place[program] then place[program].last = #calls end
  end
end
for symbol in model:gmatch("all_finite%(%(const float %*%)([%w_]+),") do
  local place = places[symbol]
  if not place or not (persistent[symbol] or place.train and place.train.first <= loss_time) then
    complain("first_nonfinite reads %s, which the forward program doesn't write", symbol)
  elseif place.train then
    place.train.last = math.max(place.train.last, loss_time)
  end
end

-- Dead parts of weights are in no call: what the table says beyond the live part, and so are their states.
local rows = {}
for dims in model:gmatch('{"[^"]+", %d, %d, %d, {([^}]*)}') do
  local count = 1
  for extent in dims:gmatch("%d+") do count = count * tonumber(extent) end
  rows[#rows + 1] = 4 * count
end
local function check_row(index, symbol, live_bytes)
  local dead = opened:match("tensors%[" .. index .. "%]%.dead = %(float %*%)([%w_]+);")
  local bytes = rows[index + 1] - live_bytes
  if dead then
    places[dead].bytes = bytes
  elseif bytes ~= 0 then
    complain("%s has %d bytes of the table's %d and no dead part", symbol, live_bytes, rows[index + 1])
  end
end
for index, member in opened:gmatch("tensors%[(%d+)%]%.value = w%->([%w_]+);") do
  check_row(index, member, members[member].bytes)
end
for index, symbol in opened:gmatch("tensors%[(%d+)%]%.value = ([%w_]+);") do -- buffers and what is frozen
  check_row(index, symbol, places[symbol].bytes or 0)
end
local sized = {}
for _, place in ipairs(order) do
  if place.bytes then sized[#sized + 1] = place end
end
for _, place in ipairs(order) do
  if not place.bytes and persistent[place.symbol] then -- a state of a dead part or an average, in one call with it
    for _, other in ipairs(sized) do
      for list in read("update.c"):gmatch("%b()") do
        if list:find("%f[%w_]" .. other.symbol .. "%f[^%w_]") and list:find("%f[%w_]" .. place.symbol .. "%f[^%w_]") then
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
  if call.over[x.symbol] ~= y.symbol or y[program].last ~= x[program].first then return false end
  if x.offset ~= y.offset or x.bytes ~= y.bytes then return false end
  for _, form in ipairs(elementwise) do
    if call.kernel:find(form) then return true end
  end
  return false
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
