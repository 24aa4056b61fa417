-- Reads pickles (protocols 2 to 5) that consist of tensors, dicts, lists, tuples, strings, numbers and the like.
--
-- A pickle is a program for a stack machine. This machine knows the instructions such data needs and
-- the names in globals.lua; whatever else a file asks for is refused by name, and nothing is ever run.
-- There is no recursion here, and a value takes no more memory than a constant times the instruction
-- that makes it, so the size of the text bounds both.
--
-- Values: string, integer, float and boolean are Lua's. The rest are tables with a kind: none, long
-- (an integer beyond 64 bits), list and tuple (items from 1, count in n), dict (keys in their order,
-- values by key), global, storage, tensor, odd (a tensor that is no rows of numbers), inert (what tells nothing
-- about tensors).
local fail = require "convert.fail"
local globals = require "convert.globals"

local pickle_reader = {}

pickle_reader.longest = 32 << 20  -- bytes of text; ResNet-18's has 20 thousand

-- Containers, tensors and the like that a pickle may put on its stack: some ten for each tensor.
local most_objects = 1 << 20

pickle_reader.none = { kind = "none" }

local mark = { kind = "mark" }

local function new_dict()
  return { kind = "dict", keys = {}, values = {} }
end

local function set(dict, key, value)
  if key ~= key then return end  -- NaN, the one value that Lua takes for no key
  if dict.values[key] == nil then dict.keys[#dict.keys + 1] = key end
  dict.values[key] = value
end

local function need(machine, count)
  if #machine.text - machine.at + 1 < count then fail.damaged("the pickle ends in the middle of a value") end
end

-- A number of `bytes` bytes in string.unpack's `format`.
local function take(machine, format, bytes)
  need(machine, bytes)
  local value = string.unpack(format, machine.text, machine.at)
  machine.at = machine.at + bytes
  return value
end

local function take_string(machine, count)
  if count < 0 then fail.damaged("the pickle has a string of negative length") end
  need(machine, count)
  local value = machine.text:sub(machine.at, machine.at + count - 1)
  machine.at = machine.at + count
  return value
end

local function take_line(machine)
  local stop = machine.text:find("\n", machine.at, true)
  if not stop then fail.damaged("the pickle ends in the middle of a name") end
  local line = machine.text:sub(machine.at, stop - 1)
  machine.at = stop + 1
  return line
end

local function push(machine, value)
  if type(value) == "table" then
    machine.objects = machine.objects + 1
    if machine.objects > most_objects then
      fail.because(machine.names.advice, "holds more than %d objects", most_objects)
    end
  end
  machine.top = machine.top + 1
  machine.stack[machine.top] = value
end

local function top(machine)
  local value = machine.stack[machine.top]
  if value == nil or value == mark then fail.damaged("the pickle takes what it never put") end
  return value
end

local function pop(machine)
  local value = top(machine)
  machine.stack[machine.top] = nil
  machine.top = machine.top - 1
  return value
end

local function top_of_kind(machine, kind)
  local value = top(machine)
  if type(value) ~= "table" or value.kind ~= kind then fail.damaged("the pickle wants a %s where none is", kind) end
  return value
end

-- Items above the last mark, which goes too.
local function pop_to_mark(machine)
  local at = table.remove(machine.marks)
  if not at then fail.damaged("the pickle misses a mark") end
  local count = machine.top - at
  local items = table.move(machine.stack, at + 1, machine.top, 1, {})
  for i = at, machine.top do machine.stack[i] = nil end
  machine.top = at - 1
  return items, count
end

local function push_tuple(machine, count)
  local tuple = { kind = "tuple", n = count }
  for i = count, 1, -1 do tuple[i] = pop(machine) end
  push(machine, tuple)
end

local function remember(machine, index)
  machine.memo[index] = top(machine)
end

local function recall(machine, index)
  local value = machine.memo[index]
  if value == nil then fail.damaged("the pickle recalls what it never remembered") end
  push(machine, value)
end

local function push_long(machine, count)
  local bytes = take_string(machine, count)
  if count == 0 then push(machine, 0)
  elseif count <= 8 then push(machine, (string.unpack("<i" .. count, bytes)))
  else push(machine, { kind = "long" }) end
end

-- The storage that a persistent id stands for:
-- ("storage", type, key, location, elements[, None or (key of the view, offset, elements)]).
local function storage(id)
  local dtype = type(id[2]) == "table" and id[2].dtype
  local key, count, view = id[3], id[5], id[6]
  if id.kind ~= "tuple" or id[1] ~= "storage" or not dtype or type(key) ~= "string"
    or math.type(count) ~= "integer" or count < 0 then
    fail.because("save model.state_dict() alone", "refers to something else than the values of a tensor")
  end
  local made = { kind = "storage", dtype = dtype, key = key, whole = count, first = 0, count = count }
  if view == nil or view == pickle_reader.none then return made end
  if type(view) ~= "table" or view.kind ~= "tuple" then fail.damaged("the pickle has a view that is no tuple") end
  local first, length = view[2], view[3]
  if math.type(first) ~= "integer" or math.type(length) ~= "integer"
    or first < 0 or length < 0 or first > count or length > count - first then
    fail.damaged("the pickle has a view outside its storage")
  end
  made.first, made.count = first, length
  return made
end

local function reduce(machine)
  local arguments = pop(machine)
  local callee = pop(machine)
  if type(arguments) ~= "table" or arguments.kind ~= "tuple" or type(callee) ~= "table" or not callee.call then
    fail.because(machine.names.advice, "calls something that is no function of tensors")
  end
  push(machine, callee.call(arguments, new_dict, set))
end

local function set_items(machine)
  local items, count = pop_to_mark(machine)
  local dict = top_of_kind(machine, "dict")
  if count % 2 ~= 0 then fail.damaged("the pickle has a key without value") end
  for i = 1, count, 2 do set(dict, items[i], items[i + 1]) end
end

local function append_items(machine)
  local items, count = pop_to_mark(machine)
  local list = top_of_kind(machine, "list")
  table.move(items, 1, count, list.n + 1, list)
  list.n = list.n + count
end

local has_attributes = { dict = true, tensor = true, odd = true, inert = true }

-- Attributes, such as _metadata of a state_dict: of no use here, but for what is made by them (set_state).
local function build(machine)
  local state = pop(machine)
  local value = top(machine)
  if type(value) == "table" and value.set_state then return value.set_state(value, state) end
  if type(value) ~= "table" or not has_attributes[value.kind] then
    fail.damaged("the pickle gives attributes to what has none")
  end
end

-- A string of bytes, which no name of a tensor is.
local function push_bytes(machine, count)
  local bytes = take_string(machine, count)
  push(machine, machine.names.keeps_bytes and bytes or globals.inert)
end

local function add_to_set(machine)
  pop_to_mark(machine)
  top_of_kind(machine, "inert")
end

local instructions = {
  [0x80] = function(m)  -- PROTO
    local protocol = take(m, "B", 1)
    if protocol < 2 or protocol > 5 then fail.because("save it with torch.save", "pickle protocol %d", protocol) end
  end,
  [0x95] = function(m) take(m, "<I8", 8) end,  -- FRAME: only a hint for buffers
  ["("] = function(m)  -- MARK
    push(m, mark)
    m.marks[#m.marks + 1] = m.top
  end,
  ["N"] = function(m) push(m, pickle_reader.none) end,
  [0x88] = function(m) push(m, true) end,
  [0x89] = function(m) push(m, false) end,
  ["J"] = function(m) push(m, take(m, "<i4", 4)) end,   -- BININT
  ["K"] = function(m) push(m, take(m, "B", 1)) end,     -- BININT1
  ["M"] = function(m) push(m, take(m, "<I2", 2)) end,   -- BININT2
  [0x8a] = function(m) push_long(m, take(m, "B", 1)) end,     -- LONG1
  [0x8b] = function(m) push_long(m, take(m, "<i4", 4)) end,   -- LONG4
  ["G"] = function(m) push(m, take(m, ">d", 8)) end,    -- BINFLOAT
  ["X"] = function(m) push(m, take_string(m, take(m, "<I4", 4))) end,   -- BINUNICODE
  [0x8c] = function(m) push(m, take_string(m, take(m, "B", 1))) end,    -- SHORT_BINUNICODE
  [0x8d] = function(m) push(m, take_string(m, take(m, "<i8", 8))) end,  -- BINUNICODE8
  ["T"] = function(m) push(m, take_string(m, take(m, "<i4", 4))) end,   -- BINSTRING, of Python 2
  ["U"] = function(m) push(m, take_string(m, take(m, "B", 1))) end,     -- SHORT_BINSTRING
  ["C"] = function(m) push_bytes(m, take(m, "B", 1)) end,      -- SHORT_BINBYTES
  ["B"] = function(m) push_bytes(m, take(m, "<I4", 4)) end,    -- BINBYTES
  [0x8e] = function(m) push_bytes(m, take(m, "<i8", 8)) end,   -- BINBYTES8
  [0x96] = function(m) push_bytes(m, take(m, "<i8", 8)) end,   -- BYTEARRAY8
  [0x8f] = function(m) push(m, globals.inert) end,             -- EMPTY_SET
  [0x90] = add_to_set,                                         -- ADDITEMS
  [0x91] = function(m)                                         -- FROZENSET
    pop_to_mark(m)
    push(m, globals.inert)
  end,
  [")"] = function(m) push_tuple(m, 0) end,
  [0x85] = function(m) push_tuple(m, 1) end,
  [0x86] = function(m) push_tuple(m, 2) end,
  [0x87] = function(m) push_tuple(m, 3) end,
  ["t"] = function(m)  -- TUPLE
    local items, count = pop_to_mark(m)
    items.kind, items.n = "tuple", count
    push(m, items)
  end,
  ["]"] = function(m) push(m, { kind = "list", n = 0 }) end,
  ["}"] = function(m) push(m, new_dict()) end,
  ["a"] = function(m)  -- APPEND
    local item = pop(m)
    local list = top_of_kind(m, "list")
    list.n = list.n + 1
    list[list.n] = item
  end,
  ["e"] = append_items,
  ["s"] = function(m)  -- SETITEM
    local value = pop(m)
    local key = pop(m)
    set(top_of_kind(m, "dict"), key, value)
  end,
  ["u"] = set_items,
  ["0"] = pop,
  ["1"] = pop_to_mark,
  ["2"] = function(m) push(m, top(m)) end,  -- DUP
  ["q"] = function(m) remember(m, take(m, "B", 1)) end,      -- BINPUT
  ["r"] = function(m) remember(m, take(m, "<I4", 4)) end,    -- LONG_BINPUT
  [0x94] = function(m)  -- MEMOIZE
    remember(m, m.memoized)
    m.memoized = m.memoized + 1
  end,
  ["h"] = function(m) recall(m, take(m, "B", 1)) end,        -- BINGET
  ["j"] = function(m) recall(m, take(m, "<I4", 4)) end,      -- LONG_BINGET
  ["c"] = function(m)  -- GLOBAL
    local module = take_line(m)
    push(m, m.names.find(module, take_line(m)))
  end,
  [0x93] = function(m)  -- STACK_GLOBAL
    local name = pop(m)
    local module = pop(m)
    if type(name) ~= "string" or type(module) ~= "string" then fail.damaged("the pickle has a name that is no string") end
    push(m, m.names.find(module, name))
  end,
  ["Q"] = function(m)  -- BINPERSID
    local made = storage(top_of_kind(m, "tuple"))
    pop(m)
    push(m, made)
    m.storages[#m.storages + 1] = made
  end,
  ["R"] = reduce,
  ["b"] = build,
}

local by_code = {}
for key, instruction in pairs(instructions) do by_code[type(key) == "string" and key:byte() or key] = instruction end

local stop = ("."):byte()

-- What a pickle of tensors may name (find), what to do about one that holds more, and whether strings of bytes are
-- values of use.
local names_of_tensors = { find = globals.find, advice = "save model.state_dict() alone", keeps_bytes = false }

-- The value of the pickle that begins at byte `at` of `text`, where the next byte is, and all storages
-- the pickle refers to. names: of another kind of pickle than one of tensors.
function pickle_reader.read(text, at, names)
  local machine = { text = text, at = at, stack = {}, top = 0, marks = {}, memo = {}, memoized = 0, storages = {},
    objects = 0, names = names or names_of_tensors }
  while true do
    local code = take(machine, "B", 1)
    if code == stop then return pop(machine), machine.at, machine.storages end
    local instruction = by_code[code]
    if not instruction then
      fail.because(machine.names.advice, "has pickle instruction 0x%s, which no tensor needs",
        string.format("%02x", code))
    end
    instruction(machine)
  end
end

return pickle_reader
