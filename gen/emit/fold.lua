-- Folds the whole numbers in a statement of C, so that a template may say `unit / @(blocks) % @(rows) * @(width)` and what
-- it says stays what a person would write where one of them is 1: factors of 1 and terms of 0 vanish, products of 0 and
-- remainders of 1 are 0, products and bounds of numbers are a number, and constants of a function are their numbers. Only of whole
-- numbers at least 0 is that so, and no template writes other sums with a plain 0.
local fold = {}

local multiplies = { ["*"] = true, ["/"] = true, ["%"] = true }
local adds = { ["+"] = true, ["-"] = true }
local closes = { [")"] = "(", ["]"] = "[" }

-- The tokens of a statement, each {space before it, text}.
local function tokens_of(code)
  local list, at = {}, 1
  while at <= #code do
    local space, from = code:match("^(%s*)()", at)
    local first = code:sub(from, from)
    local text
    if first:find("[%a_]") then
      text = code:match("^[%w_.]+", from)
    elseif first:find("[][(){},;]") then
      text = first
    elseif first == '"' or first == "'" then
      local last = from + 1
      while code:sub(last, last) ~= first and last < #code do last = last + (code:sub(last, last) == "\\" and 2 or 1) end
      text = code:sub(from, last)
    else
      text = code:match("^%d[%w.]*[eE][-+]%d%w*", from) or code:match("^[%w_.]+", from) or code:match("^%->", from)
        or code:match("^[-+*/%%&|<>=!]=", from) or code:match("^&&", from) or code:match("^||", from) or code:match("^[-+<>]+", from)
        or first
    end
    list[#list + 1] = { space = space, text = text }
    at = from + math.max(1, #text)
  end
  return list
end

local function text_at(list, at) return list[at] and list[at].text or "" end

local function is_number(text) return text:find("^%d+$") ~= nil end

local function is_type(text) return text == "int" or text == "float" or text == "double" or text:find("^%l+%d*_t$") ~= nil end

local function divides(by, number) return is_number(by) and tonumber(by) > 0 and tonumber(number) % tonumber(by) == 0 end

local function ends_operand(text) return text:find("[%w_)%]]$") ~= nil and text ~= "return" end

-- Where the operand ends that begins there, or begins that ends there; nil where that is not plain to see.
local function operand_end(list, at)
  if not text_at(list, at):find("^[%w_(]") then return nil end
  local depth = 0
  while true do
    local text = text_at(list, at)
    if text == "(" or text == "[" then depth = depth + 1 elseif closes[text] then depth = depth - 1 end
    local next = text_at(list, at + 1)
    if depth == 0 and next ~= "[" and next ~= "(" and next ~= "->" then
      if text == "->" or closes[text] ~= "(" or not next:find("^[%w_]") then return text ~= "->" and at or nil end
      return nil -- a cast
    end
    if at > #list then return nil end
    at = at + 1
  end
end

local function operand_start(list, at)
  if not ends_operand(text_at(list, at)) then return nil end
  local depth = 0
  while at > 0 do
    local text, before = text_at(list, at), text_at(list, at - 1)
    if closes[text] then depth = depth + 1 elseif text == "(" or text == "[" then depth = depth - 1 end
    if depth == 0 and before ~= "->" and text ~= "->" and not ((text == "[" or text == "(") and ends_operand(before)) then return at end
    at = at - 1
  end
end

-- The first token of the product that ends there.
local function product_start(list, at)
  local start = operand_start(list, at)
  while start and multiplies[text_at(list, start - 1)] and ends_operand(text_at(list, start - 2)) do
    start = operand_start(list, start - 2)
  end
  return start
end

local function remove(list, from, to)
  local space = list[from].space
  for _ = from, to do table.remove(list, from) end
  return space
end

local function replace(list, from, to, text)
  local space = remove(list, from, to)
  table.insert(list, from, { space = space, text = text })
end

-- Takes away a number and the operator behind it.
local function drop_front(list, at)
  local space = remove(list, at, at + 1)
  list[at].space = space
end

-- Brackets around one token that is left of what stood in them.
local function drop_brackets(list, at)
  local before = text_at(list, at - 2)
  local is_cast = before == ")" and is_type(text_at(list, at - 3)) and text_at(list, at - 4) == "("
  if text_at(list, at - 1) == "(" and text_at(list, at + 1) == ")" and (is_cast or not ends_operand(before)) and before ~= "return"
    and text_at(list, at):find("^[%w_]") then
    table.remove(list, at + 1)
    list[at].space = list[at - 1].space
    table.remove(list, at - 1)
  end
end

local begins_sum = { ["("] = true, ["["] = true, [","] = true, ["="] = true, ["+"] = true, ["<"] = true, [">="] = true }
local ends_sum = { [")"] = true, ["]"] = true, [","] = true, [";"] = true, ["+"] = true, ["-"] = true }

-- Brackets around a sum, the last of them at `close`, that no factor stands beside any more.
local function open_sum(list, close)
  if text_at(list, close) ~= ")" or not ends_sum[text_at(list, close + 1)] then return end
  local open = operand_start(list, close)
  if not open or text_at(list, open) ~= "(" or not begins_sum[text_at(list, open - 1)] then return end
  local depth = 0
  for at = open + 1, close - 1 do
    local text = text_at(list, at)
    if text == "(" or text == "[" then depth = depth + 1 elseif closes[text] then depth = depth - 1 end
    if depth == 0 and not text:find("^[%w_.)%]]+$") and not adds[text] and not multiplies[text] and text ~= "->" then return end
  end
  table.remove(list, close)
  list[open + 1].space = list[open].space
  table.remove(list, open)
end

-- The smaller or larger of two numbers, at_most(4, 4), whose name is at `at`.
local bounds = { at_most = math.min, at_least = math.max }

local function fold_bound(list, at)
  local of = bounds[list[at].text]
  if not of then return false end
  local left, right = text_at(list, at + 2), text_at(list, at + 4)
  if not is_number(left) or not is_number(right) or text_at(list, at + 3) ~= "," or text_at(list, at + 5) ~= ")" then
    return false
  end
  replace(list, at, at + 5, tostring(of(math.tointeger(left), math.tointeger(right))))
  return true
end

-- Tries each rule where token `at` is a number; whether one changed something.
local function fold_number(list, at)
  local text, before, after = text_at(list, at), text_at(list, at - 1), text_at(list, at + 1)
  local is_factor = multiplies[before] and ends_operand(text_at(list, at - 2))
  local stands_alone = not multiplies[after] and after ~= "["
  if text == "0" and before == ")" and text_at(list, at - 2) == "ptrdiff_t" then
    replace(list, at - 3, at, "0")
  elseif text == "1" and (before == "*" or before == "/") and is_factor then
    remove(list, at - 1, at)
    drop_brackets(list, at - 2)
    open_sum(list, at - 2)
  elseif (text == "1" and before == "%" or text == "0" and before == "*") and is_factor and product_start(list, at - 2) then
    local start = product_start(list, at - 2)
    replace(list, start, at, "0")
    drop_brackets(list, start)
  elseif text == "1" and after == "*" and not multiplies[before] then
    drop_front(list, at)
    drop_brackets(list, at)
  elseif text == "0" and multiplies[after] and not multiplies[before] and operand_end(list, at + 2) then
    replace(list, at, operand_end(list, at + 2), "0")
    drop_brackets(list, at)
  elseif text == "0" and adds[before] and ends_operand(text_at(list, at - 2)) and stands_alone then
    remove(list, at - 1, at)
    drop_brackets(list, at - 2)
  elseif text == "0" and after == "+" and not multiplies[before] and not adds[before] then
    drop_front(list, at)
    drop_brackets(list, at)
  elseif text == "0" and after == "-" and text_at(list, at + 2):find("^[1-9]%d*$") and not ends_operand(before) and not multiplies[before]
    and not adds[before] then -- 0 - 1 + x
    list[at + 1].space = list[at].space
    list[at + 2].space = ""
    table.remove(list, at)
  elseif before == "+" and after == "+" and is_number(text_at(list, at + 2)) and not multiplies[text_at(list, at + 3)] then
    replace(list, at, at + 2, tostring(math.tointeger(text) + math.tointeger(text_at(list, at + 2))))
  elseif before == "&&" and after == "==" and text_at(list, at + 2) == text and text_at(list, at + 3):find("^[;)]$") then
    remove(list, at - 1, at + 2)
  elseif before == "*" and after == "/" and divides(text_at(list, at + 2), text) then -- x * 8 / 4, from the left
    replace(list, at, at + 2, tostring(math.tointeger(text) // math.tointeger(text_at(list, at + 2))))
  elseif after == "*" and is_number(text_at(list, at + 2)) and not multiplies[before] then
    replace(list, at, at + 2, tostring(math.tointeger(text) * math.tointeger(text_at(list, at + 2))))
    drop_brackets(list, at)
  else
    return false
  end
  return true
end

-- Whether any rule might do something. Most lines have nothing of that, so what is quick to see comes first.
local function may_fold(code)
  return code:find("[-+*/%%] %d")
      and (code:find("[-+*/%%] [01]%f[^%w_.]") or code:find("%d [*/] %d") or code:find("%+ %d+ %+ %d"))
    or (code:find("0 ", 1, true) or code:find("1 ", 1, true)) and code:find("%f[%w_.][01] [-+*/%%]")
    or code:find("at_", 1, true) and code:find("at_%l+%(%d+, %d")
    or code:find("==", 1, true) and code:find("%d == %d")
end

-- The statement with its numbers folded.
function fold.statement(code)
  if not may_fold(code) then return code end
  local list = tokens_of(code)
  local at = 1
  while at <= #list do
    if is_number(list[at].text) and fold_number(list, at) or fold_bound(list, at) then at = 0 end
    at = at + 1
  end
  local out = {}
  for i, token in ipairs(list) do out[i] = token.space .. token.text end
  return table.concat(out)
end

local function indent_of(line) return #line:match("^ *") end

-- The last line of the block or statement that begins at line `at` and stands at least so far to the right.
local function last_line(lines, at, indent)
  while lines[at + 1] and (lines[at + 1] == "" or indent_of(lines[at + 1]) >= indent) and not lines[at + 1]:find("^#") do at = at + 1 end
  return at
end

-- Puts `value` in place of a name in these lines; false where one of them sets another such name.
local function substitute(lines, from, to, name, value)
  for i = from, to do
    if lines[i]:find("%f[%w_]" .. name .. " = ") then return false end
  end
  for i = from, to do lines[i] = lines[i]:gsub("([^%w_.>])" .. name .. "%f[^%w_]", "%1" .. value) end
  return true
end

-- Of the declaration of whole numbers: what stands before the first, and the rest without the semicolon; nil for other lines.
local function declaration(line)
  local head, inside = line:match("^( +const int )(.*);$")
  if head then return head, inside end
  return line:match("^( +const ptrdiff_t )(.*);$")
end

-- Of const int a = n, b = 4, c = f(b); makes const int b = 4; a line of its own, the first.
local function part_constant(lines, at)
  local list, from, depth = {}, 1, 0
  local head, inside = declaration(lines[at])
  for place, c in (inside or ""):gmatch("()([(),])") do
    if c == "," and depth == 0 then
      list[#list + 1], from = inside:sub(from, place - 1), place + 2
    elseif c ~= "," then
      depth = depth + (c == "(" and 1 or -1)
    end
  end
  list[#list + 1] = inside and inside:sub(from)
  for i = 1, #list > 1 and #list or 0 do
    if list[i]:find("^%l[%l%d_]* = %d+$") then
      table.insert(lines, at, head .. table.remove(list, i) .. ";")
      lines[at + 1] = head .. table.concat(list, ", ") .. ";"
      return
    end
  end
end

-- enum { a = 0, b = 4 }; or const int a = 0; within a function: its names in small letters, each with its number; nil
-- for other lines.
local function constants(line)
  local list = {}
  local _, declared = declaration(line)
  local one, number = (declared or ""):match("^(%l[%l%d_]*) = (%d+)$")
  if one then return { { name = one, value = number } } end
  local inside = line:match("^ +enum { (.*) };$")
  for entry in ((inside or "") .. ", "):gmatch("(.-), ") do
    local name, value = entry:match("^(%l[%l%d_]*) = (%d+)$")
    if not name then return nil end
    list[#list + 1] = { name = name, value = value }
  end
  return list
end

-- The lines of the function that line `at` is in.
local function function_around(lines, at)
  local from, to = at, at
  while lines[from] and lines[from] ~= "{" do from = from - 1 end
  while lines[to] and lines[to] ~= "}" do to = to + 1 end
  return from, to
end

-- Whether lines from..to, the body of a loop whose variable has that value alone, may stand in the block around it: they jump
-- nowhere, and nothing outside of them has a name that they declare, unless that is of a constant, which will not be there.
local function may_stand_outside(lines, from, to, variable, value)
  local first, last = function_around(lines, from)
  local indent = indent_of(lines[from])
  for i = from, to do
    if lines[i]:find("^ *continue;") or lines[i]:find("^ *break;") then return false end
    local line = lines[i]:gsub("([^%w_.>])" .. variable .. "%f[^%w_]", "%1" .. value)
    if indent_of(line) == indent and line:find("^ +[%l_][%w_]* [%w_*]") and not constants(fold.statement(line)) then
      for name in lines[i]:gmatch("([%a_][%w_]*)%f[^%w_][][%w_]* = ") do
        for other = first or 1, last do
          if (other < from or other > to) and (lines[other] or ""):find("%f[%w_]" .. name .. "%f[^%w_][][%w_]* = ") then return false end
        end
      end
    end
  end
  return true
end

-- Of the head of a loop that has one turn: its variable, whether a block follows, and what the variable is.
local function one_turn(line)
  local name, first, last, step, block = line:match("^ +for %(int ([%l%d_]+) = ([%w_]+); %1 < ([^;]+); %1 ?(.-)%)( ?{?)$")
  if not name then return end
  step = step == "++" and 1 or tonumber(step:match("^%+= (%d+)$"))
  local count = first == "0" and tonumber(last) or tonumber(last:match("^" .. first .. " %+ (%d+)$"))
  if step and count and step >= count then return name, block, first end
end

-- Puts the constants that line `at` declares in their places; whether the line is gone.
local function take_constants(lines, at)
  if not lines[at]:find("^ +const ") and not lines[at]:find("^ +enum ") then return false end
  if declaration(lines[at]) then lines[at] = fold.statement(lines[at]) end
  part_constant(lines, at)
  local list, all = constants(lines[at]), true
  for _, entry in ipairs(list or {}) do
    all = substitute(lines, at + 1, last_line(lines, at, indent_of(lines[at])), entry.name, entry.value) and all
  end
  if list and all then table.remove(lines, at) end
  return list and all
end

-- Puts what a loop of one turn does in the place of the loop at line `at`; whether there was one.
local function unwind(lines, at)
  if not lines[at]:find("^ +for ") then return false end
  local turn, block, value = one_turn(fold.statement(lines[at]))
  local indent = indent_of(lines[at]) + 4
  if not turn or block ~= "" and not may_stand_outside(lines, at + 1, last_line(lines, at, indent), turn, value)
    or not substitute(lines, at + 1, last_line(lines, at, indent), turn, value) then return false end
  local i = at + 1
  while i <= last_line(lines, at, indent) do
    if not take_constants(lines, i) then i = i + 1 end
  end
  local last = last_line(lines, at, indent)
  for row = at + 1, last do lines[row] = lines[row]:sub(5) end
  if block ~= "" then table.remove(lines, last + 1) end
  table.remove(lines, at)
  if at > 1 and lines[at - 1]:find("^ +INDEPENDENT$") then table.remove(lines, at - 1) end -- of a loop alone
  return true
end

-- Lines of C in which constants of a function are their numbers, and a loop of one turn is what it does.
function fold.lines(lines)
  local at = 1
  while at <= #lines do
    if not lines[at]:find("^ +[cef]") then -- const, enum, for
      at = at + 1
    elseif unwind(lines, at) then
      at = math.max(1, at - 1)
    elseif not take_constants(lines, at) then
      at = at + 1
    end
  end
end

return fold
