-- Small pieces of C text.
local layout = require "layout"
local sandbox = require "sandbox"
local structs = require "kernels.structs"

local text = {}

-- A tensor as an expression, where c is the context.
function text.reach(tensor)
  return (tensor.role == "result" and "&" or "") .. "c->" .. (tensor.struct and tensor.struct .. "->" or "") .. tensor.symbol
end

-- What a kernel's C function may be told of the step beside its arguments: type, and where it is, if c is the context.
local of_step = {
  seed = { type = "uint64_t", reach = "c->hyper->seed" },
  update = { type = "uint64_t", reach = "(uint64_t)c->hyper->step" },
}
function text.of_step(name) return of_step[name] or error("internal error: a step has no " .. name) end

-- What a kernel's C function takes to work on, in order: visit(argument), or visit(nil, struct, its kind) once where the
-- first argument stands that comes in a struct.
function text.each_parameter(instance, visit)
  local seen = false
  for _, argument in ipairs(instance.arguments) do
    local kind = argument.tensor.gathering and argument.tensor.gathering.struct
    if not kind or kind ~= instance.kernel.struct then
      visit(argument)
    elseif not seen then
      seen = true
      visit(nil, structs[kind], kind)
    end
  end
end

-- The parameters of a kernel's C function: how its units are run, unless there is but one, then what it works on.
function text.signature(instance, prefix)
  local list = {}
  if not instance.kernel.serial then list[1] = "const struct PREFIX_host *host" end
  text.each_parameter(instance, function(argument, struct, kind)
    list[#list + 1] = argument and layout.declare(argument.tensor, argument.key)
      or string.format("const struct %s *%s", kind, struct.parameter)
  end)
  if instance.adds == "sometimes" then list[#list + 1] = "int add" end
  for _, extra in ipairs(instance.extra) do list[#list + 1] = text.of_step(extra).type .. " " .. extra end
  list[#list + 1] = "int n"
  return (table.concat(list, ", "):gsub("PREFIX", prefix))
end

-- What it works on as members of a struct, for the threads.
function text.fields(instance)
  local list = {}
  text.each_parameter(instance, function(argument, struct, kind)
    list[#list + 1] = argument and "    " .. layout.pointer(argument.tensor, argument.key) .. ";"
      or string.format("    const struct %s *%s;", kind, struct.parameter)
  end)
  for _, extra in ipairs(instance.extra) do list[#list + 1] = "    " .. text.of_step(extra).type .. " " .. extra .. ";" end
  list[#list + 1] = instance.adds == "sometimes" and "    int add, n;" or "    int n;"
  return table.concat(list, "\n")
end

local uses = { r = "reads", w = "writes", rw = "updates", add = "accumulates", scratch = "scratch" }

-- What a kernel does with its arguments: "reads x; writes out; scratch partial; out may lie over x". What is written or,
-- by the parameter `add`, updated is "accumulates d_x".
function text.uses(instance)
  local lists, there, parts = {}, {}, {}
  for _, argument in ipairs(instance.arguments) do
    local mode = argument.tensor.role == "workspace" and "scratch" or argument.mode
    if argument.key == instance.kernel.may_add and instance.adds == "sometimes" then mode = "add" end
    local name = argument.key
    if instance.kernel.struct and argument.tensor.gathering then name = structs[instance.kernel.struct].parameter .. "." .. name end
    lists[mode] = lists[mode] and lists[mode] .. ", " .. name or name
    there[argument.key] = true
  end
  for _, mode in ipairs { "r", "w", "rw", "add", "scratch" } do
    if lists[mode] then parts[#parts + 1] = uses[mode] .. " " .. lists[mode] end
  end
  for _, pair in ipairs(instance.kernel.inplace or {}) do
    if there[pair[1]] and there[pair[2]] then parts[#parts + 1] = pair[1] .. " may lie over " .. pair[2] end
  end
  return table.concat(parts, "; ")
end

-- Without spaces at its end, in one pass: the pattern " *$" would look at a run of spaces from each of them.
local function trim_end(line)
  local last = #line
  while line:byte(last) == 32 do last = last - 1 end
  return line:sub(1, last)
end

-- Foreign text inside a comment, without its last empty lines: it must not end the comment, nor trouble a compiler. That
-- each line begins with blanks keeps a / from joining a * before it, whatever ends that line.
function text.comment_body(body)
  body = sandbox.readable(body):gsub("%*/", "* /"):gsub("/%*", "/ *"):gsub("[^\n\t\32-\126\128-\255]", "?")
  body = body:gsub("%?%?/", "? ?/") -- C's old way to write a backslash
  local lines, count = {}, 0
  for line in (body .. "\n"):gmatch("([^\n]*)\n") do
    lines[#lines + 1] = trim_end(line)
    if line:find("[^ \t]") then count = #lines end
  end
  local out = { lines[1] }
  for i = 2, count do out[i] = lines[i] == "" and " *" or " *   " .. lines[i] end
  return table.concat(out, "\n")
end

-- One field of each entry of a list, joined by commas.
function text.join(list, field)
  local out = {}
  for i, entry in ipairs(list) do out[i] = entry[field] end
  return table.concat(out, ", ")
end

-- These fields of each entry of a list as initialisers of C, {1, 2}, {3, 4}.
function text.initialisers(list, ...)
  local out = {}
  for i, entry in ipairs(list) do
    local values = {}
    for j, field in ipairs { ... } do values[j] = entry[field] end
    out[i] = "{" .. table.concat(values, ", ") .. "}"
  end
  return table.concat(out, ", ")
end

-- A float constant: 0.1f, 1.0f, 1e-05f.
function text.f32(value)
  local s = string.format("%.9g", value)
  for digits = 1, 8 do
    local short = string.format("%." .. digits .. "g", value)
    if string.pack("f", tonumber(short)) == string.pack("f", value) then
      s = short
      break
    end
  end
  return s .. (s:find("[.e]") and "f" or ".0f")
end

-- A line of plain text as a C string.
local function literal(line) return '"' .. line:gsub('[\\"?]', "\\%0") .. '"' end
text.literal = literal

-- The same, a long one in pieces.
function text.quote(line)
  local pieces = {}
  while #line > 80 do
    local last = line:sub(1, 80):match("^.*() ") or 80
    pieces[#pieces + 1], line = line:sub(1, last), line:sub(last + 1)
  end
  pieces[#pieces + 1] = line
  for i, piece in ipairs(pieces) do pieces[i] = literal(piece) end
  return table.concat(pieces, "\n     ")
end

-- What `of` makes of each entry, joined by commas.
function text.list(list, of)
  local out = {}
  for i, value in ipairs(list) do out[i] = of(value) end
  return table.concat(out, ", ")
end

-- A double with all its digits, as C reads it.
function text.number(value)
  local s = string.format("%.17g", value)
  for digits = 1, 16 do
    local short = string.format("%." .. digits .. "g", value)
    if tonumber(short) == value then
      s = short
      break
    end
  end
  return s
end

function text.numbers(list) return text.list(list, text.number) end

return text
