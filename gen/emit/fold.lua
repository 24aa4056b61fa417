-- Folds the whole numbers in a statement of C, so that a template may say `unit / @(blocks) % @(rows) * @(width)` and what
-- it says stays what a person would write where one of them is 1: factors of 1 and terms of 0 vanish, products of 0 and
-- remainders of 1 are 0, products of numbers are a number, and constants of a function are their numbers. Only of whole
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
    if first == '"' or first == "'" then
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
  if text_at(list, at - 1) == "(" and text_at(list, at + 1) == ")" and not ends_operand(before) and before ~= "return"
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

-- Tries each rule where token `at` is a number; whether one changed something.
local function fold_number(list, at)
  local text, before, after = text_at(list, at), text_at(list, at - 1), text_at(list, at + 1)
  local is_factor = multiplies[before] and ends_operand(text_at(list, at - 2))
  local stands_alone = not multiplies[after] and after ~= "["
  if text == "1" and (before == "*" or before == "/") and is_factor then
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
  elseif after == "*" and is_number(text_at(list, at + 2)) and not multiplies[before] then
    replace(list, at, at + 2, tostring(math.tointeger(text) * math.tointeger(text_at(list, at + 2))))
    drop_brackets(list, at)
  else
    return false
  end
  return true
end

-- The statement with its numbers folded.
function fold.statement(code)
  if not code:find("[-+*/%%] [01]%f[^%w_.]") and not code:find("%f[%w_.][01] [-+*/%%]") and not code:find("%d %* %d") then
    return code
  end
  local list = tokens_of(code)
  local at = 1
  while at <= #list do
    if is_number(list[at].text) and fold_number(list, at) then at = 0 end
    at = at + 1
  end
  local out = {}
  for i, token in ipairs(list) do out[i] = token.space .. token.text end
  return table.concat(out) .. code:match("%s*$")
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

-- enum { a = 0, b = 4 }; or const int a = 0; within a function: its names in small letters, each with its number; nil
-- for other lines.
local function constants(line)
  local list = {}
  local one, number = line:match("^ +const int (%l[%l%d_]*) = (%d+);$")
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

-- Whether lines from..to, the body of a block, may stand in the block around it: they jump nowhere, and nothing outside
-- of them has a name that they declare.
local function may_stand_outside(lines, from, to)
  local first, last = function_around(lines, from)
  local indent = indent_of(lines[from])
  for i = from, to do
    if lines[i]:find("^ *continue;") or lines[i]:find("^ *break;") then return false end
    if indent_of(lines[i]) == indent and lines[i]:find("^ +const ") then
      for name in lines[i]:gmatch("([%a_][%w_]*) = ") do
        for other = first or 1, last do
          if (other < from or other > to) and (lines[other] or ""):find("%f[%w_]" .. name .. " = ") then return false end
        end
      end
    end
  end
  return true
end

-- Of the head of a loop that has one turn: its variable, and whether a block follows.
local function one_turn(line)
  local name, count, step, block = line:match("^ +for %(int ([%l%d_]+) = 0; %1 < (%d+); %1 ?(.-)%)( ?{?)$")
  step = step == "++" and 1 or step and tonumber(step:match("^%+= (%d+)$"))
  if step and step >= tonumber(count) then return name, block end
end

-- Lines of C in which constants of a function are their numbers, and a loop of one turn is what it does.
function fold.lines(lines)
  local at = 1
  while at <= #lines do
    local indent = indent_of(lines[at])
    if lines[at]:find("^ +const int .*;$") then lines[at] = fold.statement(lines[at]) end
    local list, turn, block = constants(lines[at]), one_turn(lines[at])
    if list then
      local all = true
      for _, entry in ipairs(list) do
        all = substitute(lines, at + 1, last_line(lines, at, indent), entry.name, entry.value) and all
      end
      if all then table.remove(lines, at) else at = at + 1 end
    elseif turn and (block == "" or may_stand_outside(lines, at + 1, last_line(lines, at, indent + 4)))
      and substitute(lines, at + 1, last_line(lines, at, indent + 4), turn, "0") then
      local last = last_line(lines, at, indent + 4)
      for i = at + 1, last do lines[i] = lines[i]:sub(5) end
      if block ~= "" then table.remove(lines, last + 1) end
      table.remove(lines, at)
      if at > 1 and lines[at - 1]:find("^ +INDEPENDENT$") then -- of a loop alone
        at = at - 1
        table.remove(lines, at)
      end
    else
      at = at + 1
    end
  end
end

return fold
