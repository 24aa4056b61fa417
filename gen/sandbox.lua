-- Runs a spec with the words it is given and little else: no files, no processes, no other code, no
-- metatables, nothing random, nothing that runs or grows without bound. What it may use of Lua is
-- listed in `safe_globals`. A spec is a stranger's text; the limits below end one that would not end.
local sandbox = {}

local limits = {
  bytes = 1024 * 1024,      -- of the spec's text
  lines = 3000000,          -- run
  seconds = 20,             -- of CPU time
  memory = 128 * 1024,      -- KiB in Lua's heap, garbage not counted
}
sandbox.limits = limits

local chunk_name = "=spec"  -- as Lua's own messages then begin with "spec:LINE:"
local spec_line = 1

-- The line of the spec that runs or was the last to run.
function sandbox.line() return spec_line end

-- An error in the spec, at that line or, where there is none, at the one that runs. The message needs no place;
-- sandbox.run adds it. To whoever runs no spec the error is its message, as text.
local spec_error = { __tostring = function(problem) return problem.spec_error end }
function sandbox.fail_at(line, format, ...)
  error(setmetatable({ spec_error = string.format(format, ...), line = line }, spec_error), 0)
end
function sandbox.fail(format, ...) sandbox.fail_at(nil, format, ...) end
local fail = sandbox.fail

-- Text for eyes: control characters of UTF-8's second page and those that turn the direction of what follows (U+202A to
-- U+202E, U+2066 to U+2069) become ?, as do all bytes above ASCII where they are not UTF-8.
function sandbox.readable(text)
  text = string.gsub(text, "\xc2[\x80-\x9f]", "?")
  text = string.gsub(string.gsub(text, "\xe2\x80[\xaa-\xae]", "?"), "\xe2\x81[\xa6-\xa9]", "?")
  if not utf8.len(text) then text = string.gsub(text, "[\x80-\xff]", "?") end
  return text
end

-- One line of readable text, not too long.
function sandbox.one_line(text)
  text = string.gsub(sandbox.readable(text), "%c+", " ")
  if #text > 600 then text = string.sub(text, 1, utf8.offset(text, 0, 598) - 1) .. "..." end
  return text
end

-- "{ 5, 3 }"; a long one's first values. nil where that isn't all of the table, or it holds tables.
local function show_list(list)
  local count, parts = rawlen(list), {}
  if getmetatable(list) then return nil end
  for key in next, list do
    if math.type(key) ~= "integer" or key < 1 or key > count then return nil end
  end
  for i = 1, math.min(count, 8) do
    if type(list[i]) == "table" or type(list[i]) == "function" then return nil end
    parts[i] = sandbox.show(list[i])
  end
  if count > 8 then parts[9] = "..." end
  return count == 0 and "{}" or "{ " .. table.concat(parts, ", ") .. " }"
end

-- What was given in place of the right thing.
function sandbox.show(value)
  local kind = type(value)
  if kind == "string" then
    return '"' .. (#value > 40 and string.sub(value, 1, 37) .. "..." or value) .. '"'
  elseif kind == "number" then
    if value ~= value then return "nan" end
    return string.format(math.type(value) == "integer" and "%d" or "%.14g", value)
  elseif kind == "boolean" or kind == "nil" then
    return tostring(value)
  end
  return kind == "table" and show_list(value) or "a " .. kind
end

-- Text of a value; a table's or function's address would differ from run to run.
local function safe_tostring(value)
  local kind = type(value)
  if kind == "table" or kind == "function" then return kind end
  return tostring(value)
end

local function check_table(word, value)
  if type(value) ~= "table" then fail("%s: needs a table, not %s", word, sandbox.show(value)) end
end

local function key_order(a, b)
  local kind_a, kind_b = type(a), type(b)
  if kind_a ~= kind_b then return kind_a == "number" end
  return a < b
end

-- The keys of a table: numbers in order, then strings in order.
function sandbox.sorted_keys(word, values)
  local keys = {}
  for key in next, values do
    local kind = type(key)
    if kind ~= "number" and kind ~= "string" then fail("%s: keys must be numbers or strings", word) end
    keys[#keys + 1] = key
  end
  table.sort(keys, key_order)
  return keys
end

local function safe_pairs(values)
  check_table("pairs", values)
  local keys = sandbox.sorted_keys("pairs", values)
  local i = 0
  return function()
    repeat i = i + 1 until keys[i] == nil or rawget(values, keys[i]) ~= nil
    if keys[i] ~= nil then return keys[i], values[keys[i]] end
  end
end

-- string.format without %p (an address) and %q; tables and functions as safe_tostring has them.
local function safe_format(format, ...)
  if type(format) ~= "string" then fail("string.format: needs a string, not %s", sandbox.show(format)) end
  local arguments, count = table.pack(...), 0
  for flags, letter in string.gmatch(format, "%%([-+ #0-9.]*)(.?)") do
    if letter == "s" then
      count = count + 1
      arguments[count] = safe_tostring(arguments[count])
    elseif letter ~= "" and string.find("dixXeEfgGc", letter, 1, true) then
      count = count + 1
    elseif letter ~= "%" or flags ~= "" then
      fail("string.format: %%%s%s is not available; use d, i, x, X, c, e, f, g or s", flags, letter)
    end
  end
  local ok, result = pcall(string.format, format, table.unpack(arguments, 1, math.max(count, arguments.n)))
  if not ok then
    fail("string.format: %s", (string.gsub(tostring(result), "^bad argument #%d+ to '[%w.]+'", "bad argument")))
  end
  return result
end

local function safe_insert(values, position, ...)
  check_table("table.insert", values)
  local size, value = #values, ...
  if select("#", ...) == 0 then
    values[size + 1] = position
    return
  end
  position = math.tointeger(position)
  if not position or position < 1 or position > size + 1 then fail("table.insert: no such position") end
  for i = size, position, -1 do values[i + 1] = values[i] end
  values[position] = value
end

local function safe_remove(values, position)
  check_table("table.remove", values)
  local size = #values
  position = math.tointeger(position == nil and size or position)
  if size == 0 and position == 0 then return nil end
  if not position or position < 1 or position > size then fail("table.remove: no such position") end
  local value = values[position]
  for i = position, size do values[i] = values[i + 1] end
  return value
end

local function safe_concat(values, separator)
  check_table("table.concat", values)
  separator = separator == nil and "" or separator
  if type(separator) ~= "string" then
    fail("table.concat: needs a string between, not %s", sandbox.show(separator))
  end
  local bytes = 0
  for i, value in ipairs(values) do
    if type(value) ~= "string" and type(value) ~= "number" then
      fail("table.concat: needs strings and numbers, not %s", sandbox.show(value))
    end
    bytes = bytes + #tostring(value) + (i > 1 and #separator or 0)
  end
  if bytes > limits.memory * 1024 // 4 then fail("table.concat: the text would be too long") end
  return table.concat(values, separator)
end

local function safe_error(message)
  fail("%s", type(message) == "string" and message or "error " .. safe_tostring(message))
end

local function safe_assert(condition, message, ...)
  if not condition then safe_error(message == nil and "assertion failed" or message) end
  return condition, message, ...
end

local function copy(from, names)
  local to = {}
  for _, name in ipairs(names) do to[name] = from[name] end
  return to
end

-- A table that says so when a name is asked for that it has not.
local function strict(values, message)
  return setmetatable(values, {
    __metatable = false,
    __index = function(_, name)
      if type(name) ~= "string" then name = safe_tostring(name) end
      fail(message, #name > 40 and "..." or name)
    end,
  })
end

local function safe_string()
  local text = copy(string, { "len", "sub", "lower", "upper" })
  text.format = safe_format
  return strict(text, "string.%s is not available in a spec; format, len, lower, sub and upper are")
end

local function safe_globals(words)
  local globals = copy(_G, { "ipairs", "select", "tonumber", "type" })
  globals.tostring, globals.pairs = safe_tostring, safe_pairs
  globals.error, globals.assert = safe_error, safe_assert
  globals.math = strict(copy(math, {
    "abs", "ceil", "cos", "exp", "floor", "fmod", "huge", "log", "max", "maxinteger", "min", "mininteger",
    "pi", "sin", "sqrt", "tointeger", "type",
  }), "math.%s is not available in a spec")
  globals.string = safe_string()
  globals.table = strict({
    concat = safe_concat, insert = safe_insert, remove = safe_remove, unpack = table.unpack,
  }, "table.%s is not available in a spec")
  for _, name in ipairs(sandbox.sorted_keys("words", words)) do globals[name] = words[name] end
  return strict(globals, "%s is not available in a spec and was not set")
end

-- Follows the spec by line and ends it at a limit. Line events come at least once a turn of every loop
-- and once a call, which a counter of instructions cannot promise: it also counts, and loses what
-- falls inside, the hook itself. A line may be long and each instruction on it slow (strings of many MiB), so
-- the clock is looked at by instructions, too. Events of return bring the line back to the caller, whose own
-- frame is gone when it makes a tail call.
-- 101 instructions on strings of 16 MiB take half a second; a prime, so that no loop's turns fall together with them.
local instructions = 101

-- While a spec runs: sets the hook that follows it, and the one for words, which looks at time and memory alone.
local follow_spec, follow_word

-- `lines`: no fewer than the text of the spec has.
local function watch(lines)
  local getinfo, clock, collect = debug.getinfo, os.clock, collectgarbage
  local events, start = 0, os.clock()
  local last_line, is_repeated
  local is_of_spec = setmetatable({}, { -- by function
    __mode = "k",
    __index = function(known, running)
      known[running] = getinfo(running, "S").source == chunk_name
      return known[running]
    end,
  })
  local function stop(...)
    debug.sethook()
    fail(...)
  end
  local function check_time()
    if clock() - start > limits.seconds then stop("the spec ran for %d seconds without an end", limits.seconds) end
  end
  -- Garbage may be as much again before it is collected, so that collecting stays rare.
  local most = 2 * limits.memory
  local function check_memory()
    if collect("count") <= most then return end
    collect()
    if collect("count") > limits.memory then stop("the spec takes more than %d MiB of memory", limits.memory // 1024) end
  end
  local function follow(event, line)
    if event == "count" then
      is_repeated = true -- Lua reports the line once more
      check_time()
      check_memory()
      return
    end
    if event == "line" then
      local is_same = is_repeated and line == last_line
      is_repeated, last_line = false, line
      if is_same then return end
    end
    events = events + 1
    if event == "line" then
      if line <= lines and is_of_spec[getinfo(2, "f").func] then spec_line = line end
    else
      local caller = getinfo(3, "f")
      if caller and is_of_spec[caller.func] then spec_line = getinfo(3, "l").currentline end
    end
    if events > limits.lines then stop("the spec ran for %d lines without an end", limits.lines) end
    if events % 64 == 0 then check_time() end
    check_memory()
  end
  local function bound()
    check_time()
    check_memory()
  end
  follow_spec = function() debug.sethook(follow, "lr", instructions) end
  follow_word = function() debug.sethook(bound, "", instructions) end
  follow_spec()
end

-- Sets what follows the code that runs next, if a spec runs, and returns the rest.
local function follow_by(set, ...)
  if set then set() end
  return ...
end

-- A function that a spec may call, whose own lines are not followed; and how it calls a function of the spec.
function sandbox.word(body)
  return function(...)
    if follow_word then follow_word() end
    return follow_by(follow_spec, body(...))
  end
end

function sandbox.call(body, ...)
  if follow_spec then follow_spec() end
  return follow_by(follow_word, body(...))
end

-- The message of an error that ended the spec, and its line.
local function explain(problem)
  if getmetatable(problem) == spec_error then return problem.spec_error, problem.line or spec_line end
  local text = tostring(problem)
  local line, message = string.match(text, "^spec:(%d+): (.*)$")
  line, text = math.tointeger(tonumber(line)) or spec_line, message or text
  if string.find(text, "stack overflow", 1, true) then return "recursion or nesting is too deep", line end
  if string.find(text, "not enough memory", 1, true) then return "the spec takes too much memory", line end
  return text, line
end

local function without_byte_order_mark(text)
  if string.sub(text, 1, 3) == "\xEF\xBB\xBF" then return string.sub(text, 4) end
  return text
end

local function compile(text, globals)
  if string.sub(text, 1, 1) == "\27" then fail("this is compiled Lua; a spec is text") end
  local chunk, message = load(without_byte_order_mark(text), chunk_name, "t", globals)
  if not chunk then error(message, 0) end
  return chunk
end

local function first_and_count(...) return (...), select("#", ...) end

-- Runs the text of a spec; `words` are the globals it gets besides Lua's harmless ones.
-- Returns true, the first of what the spec returns, nil and how many there are; or false, what is wrong, and the line.
function sandbox.run(text, words)
  local strings = getmetatable("")
  local index, hook = strings.__index, table.pack(debug.gethook())
  spec_line = 1
  local ok, result, count = pcall(function()
    local chunk = compile(text, safe_globals(words))
    strings.__index = safe_string()
    watch(select(2, string.gsub(text, "[\r\n]", "")) + 1)
    return first_and_count(chunk())
  end)
  debug.sethook(table.unpack(hook, 1, 3))
  follow_spec, follow_word = nil, nil
  strings.__index = index
  if ok then return true, result, nil, count end
  return false, explain(result)
end

-- The text of a file, or nil and why not.
function sandbox.read(path)
  local file, message = io.open(path, "rb")
  if not file then return nil, (string.gsub(message, "^.*: ", "")) end
  local text, problem = file:read(limits.bytes + 1)
  file:close()
  if not text and problem then return nil, problem end
  if text and #text > limits.bytes then return nil, string.format("larger than %d KiB", limits.bytes // 1024) end
  return text or ""
end

return sandbox
