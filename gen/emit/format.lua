-- The lines of generated C: numbers are folded (fold.lua), and none is longer than 100 columns, however large the numbers
-- in it are. A statement that stands in several lines of its template is joined first, so that it breaks where it must and
-- nowhere else. Text that is indented in a comment (formulas, the spec), strings and preprocessor lines stay as they are.
local fold = require "emit.fold"

local format = {}

local columns = 100

-- Calls visit(at, c, depth, open) for each space, comma, semicolon and bracket of code outside strings: how many brackets
-- are open there, and the list of their places.
local function scan(line, visit)
  local open, quote = {}, nil
  local at = line:find("[][(){} ,;\"'\\]")
  while at do
    local c = line:sub(at, at)
    if quote then
      if c == "\\" then at = at + 1 elseif c == quote then quote = nil end
    elseif c == '"' or c == "'" then
      quote = c
    elseif c == "(" or c == "[" or c == "{" then
      open[#open + 1] = at
    elseif c == ")" or c == "]" or c == "}" then
      open[#open] = nil
    end
    if not quote then visit(at, c, #open, open) end
    at = line:find("[][(){} ,;\"'\\]", at + 1)
  end
end

-- Whether more round brackets are opened than closed.
local function is_open(line)
  if not line:find("(", 1, true) then return false end
  local count = 0
  if line:find("[\"']") then
    scan(line, function(_, c)
      if c == "(" then count = count + 1 elseif c == ")" then count = count - 1 end
    end)
  else
    for c in line:gsub("%b()", ""):gmatch("[()]") do count = count + (c == "(" and 1 or -1) end
  end
  return count > 0
end

-- By what follows a blank outside strings: how far from the blank the last character before a break is, and its rank beside that
-- of the brackets around it.
local at_blank = {
  ["? "] = { -1, 0.5 }, [": "] = { -1, 0.5 }, ["&&"] = { 2, 0.5 }, ["||"] = { 2, 0.5 },
  ["- "] = { 1, 0.75 }, ["+ "] = { 1, 0.75 }, ["* "] = { 1, 0.75 }, ["/ "] = { 1, 0.75 },
}

-- Where a statement may be broken: { at = last character before, rank, bracket = place of the one that stays open } ...
-- The lower the rank, the better: lists before sums, outer brackets before inner ones.
local function breaks(code)
  local list = {}
  scan(code, function(at, c, depth, open)
    local last, rank
    if c == " " then
      local follows = code:sub(at + 1, at + 2)
      local place = at_blank[follows]
      if place then
        last, rank = at + place[1], depth + place[2]
      elseif follows:find('^"') and code:sub(at - 1, at - 1) == '"' then
        last, rank = at - 1, depth + 0.5
      elseif depth == 0 and follows == "= " then
        last, rank = at + 1, 9
      end
    elseif c == "," and code:sub(at + 1, at + 1) == " " or c == ";" and depth > 0 then
      last, rank = at, depth
    elseif c == "(" and code:sub(at + 1, at + 1) ~= ")" then
      list[#list + 1] = { at = at, rank = depth + 9 }
    end
    if last then list[#list + 1] = { at = last, rank = rank, bracket = open[depth] } end
  end)
  return list
end

-- The break of lowest rank between two characters, the last of those; looked for from place `start` of the list on.
local function best_break(list, start, from, to)
  local best
  while list[start] and list[start].at <= to do
    local place = list[start]
    if place.at >= from and (not best or place.rank <= best.rank) then best = place end
    start = start + 1
  end
  return best
end

-- Where nothing else breaks: the last blank between these characters, as before the name that is declared.
local function last_blank(code, from, to)
  local at = not code:find('"', 1, true) and code:sub(from, to):match("^.*%S() ")
  return at and { at = from + at - 2 }
end

-- A statement in as many lines as it needs; what is in a bracket stands to the right of it, if it fits there.
local function put_code(code, out)
  if #code <= columns then
    out[#out + 1] = code
    return
  end
  local list, indent = breaks(code), #code:match("^ *")
  local start, rows = 1, { { from = 1, column = 0 } }
  local function column_of(place)
    for i = #rows, 1, -1 do
      if place >= rows[i].from then return rows[i].column + place - rows[i].from end
    end
  end
  -- Where the row from there on begins: its first piece must fit. Behind a bracket that ends a row, it is where the next begins.
  local function column(from, bracket)
    local right = bracket and column_of(bracket) + 1 or indent + 4
    for _, row in ipairs(rows) do
      if row.bracket and row.bracket == bracket then return row.column end
    end
    local length = (list[start] and list[start].at or #code) - from + 1
    return right <= 76 and right + length <= columns and right or indent + 4
  end
  while true do
    local row = rows[#rows]
    local last = row.from + columns - row.column - 1 -- the last character that fits
    local half = math.max(row.from + 1, row.from + columns // 2 - row.column)
    local place = #code > last
      and (best_break(list, start, half, last) or best_break(list, start, row.from + 1, last) or last_blank(code, row.from, last))
    out[#out + 1] = string.rep(" ", row.column) .. code:sub(row.from, place and place.at or #code)
    if not place then return end
    local from = code:find("%S", place.at + 1)
    while list[start] and list[start].at < from do start = start + 1 end
    rows[#rows + 1] = { from = from, column = column(from, place.bracket), bracket = code:sub(place.at, place.at) == "(" and place.at }
  end
end

-- Words behind a prefix, which is `first` in the first line.
local function put_words(words, first, prefix, out, width)
  local current = first
  local is_empty = true
  words = words:gsub(" %*/$", "\1*/") -- which stays with the last word
  for word in words:gmatch("%S+") do
    if not is_empty and #current + 1 + #word > (width or columns) then
      out[#out + 1] = current
      current, is_empty = prefix, true
    end
    current, is_empty = current .. (is_empty and "" or " ") .. word:gsub("\1", " "), false
  end
  out[#out + 1] = current
end

-- A comment that has its lines to itself; of a line that is too long, the paragraph, which ends with a full stop, is
-- filled anew.
local function put_comment(lines, out)
  local at, margin = 1, lines[1]:match("^ *")
  while at <= #lines do
    local first, words = lines[at]:match("^( *[/ ]%*+ )(%S.*)$")
    local to = at
    if words and #lines[at] > columns then
      while not lines[to]:find("[.:;]$") and lines[to + 1] and lines[to + 1]:match("^ +%* [^ /]") do
        to = to + 1
        words = words .. " " .. lines[to]:match("^ +%* (.*)$")
      end
      put_words(words, first, margin .. " * ", out)
    else
      out[#out + 1] = lines[at]
    end
    at = to + 1
  end
end

-- A line with a comment behind the code that goes on in the next lines, if it does.
local function put_remark(code, remark, out)
  if #code + 3 > 64 then
    local margin = code:match("^ *")
    put_words(remark, margin .. "/* ", margin .. " * ", out)
    out[#out + 1] = code:match("^(.-) *$")
  else
    put_words(remark, code .. "/* ", string.rep(" ", #code) .. " * ", out)
  end
end

-- #define NAME VALUE in as many lines as it needs; a comment that makes it too long goes before it.
local function put_macro(line, out)
  local define, said = line:match("^(#define .-) (/%*.*%*/)$")
  if define and #line > columns then
    put_comment({ said }, out)
    line = define
  end
  local head, value = line:match("^(#define %S+) (.*)$")
  if #line <= columns or not value or line:find("/*", 1, true) then
    out[#out + 1] = line
    return
  end
  local rows = {}
  put_words(value, "    ", "    ", rows, columns - 2)
  out[#out + 1] = head .. " \\"
  for i, row in ipairs(rows) do out[#out + 1] = row .. (i < #rows and " \\" or "") end
end

-- From line `at` on, the lines of one thing: the last one, and all as one text if they are a statement or a remark.
local function statement(lines, at)
  local whole, to = lines[at], at
  while is_open(whole) and lines[to + 1] and not lines[to + 1]:find("/*", 1, true) and not lines[to + 1]:find("^#") do
    to = to + 1
    whole = whole .. (whole:find("%($") and "" or " ") .. lines[to]:match("^ *(.*)$")
  end
  return to, whole
end

local function to_end_of_comment(lines, at)
  while not lines[at]:find("*/", 1, true) do at = at + 1 end
  return at
end

-- Puts what begins at line `at`; returns where the next thing begins.
local function put(lines, at, out)
  local line = lines[at]
  local code, remark
  if line:find("/*", 1, true) then code, remark = line:match("^( *%S.-)/%* (.*)$") end
  if line:find("^ */%*") then
    local to = to_end_of_comment(lines, at)
    put_comment(table.move(lines, at, to, 1, {}), out)
    return to + 1
  elseif line:find("^#") or line:sub(-1) == "\\" then
    put_macro(line, out)
    return at + 1
  elseif code and not code:find('"') and remark then
    local to = to_end_of_comment(lines, at)
    if to == at then
      code = fold.statement(code)
      lines[at] = code .. "/* " .. remark
    end
    local is_long = #lines[at] > columns
    for i = at + 1, to do
      is_long, remark = is_long or #lines[i] > columns, remark .. " " .. lines[i]:match("^ *%*? ?(.*)$")
    end
    if is_long then put_remark(code, remark, out) else table.move(lines, at, to, #out + 1, out) end
    return to + 1
  end
  local head, body
  if #line > columns then head, body = line:match("^(%S.*%)) { (.*) }$") end
  if head then
    put_code(head, out)
    out[#out + 1] = "{"
    put_code("    " .. body, out)
    out[#out + 1] = "}"
    return at + 1
  end
  local to, whole = statement(lines, at)
  if whole:find("/*", 1, true) then table.move(lines, at, to, #out + 1, out) else put_code(fold.statement(whole), out) end
  return to + 1
end

-- The text of a C file, its numbers folded and its lines broken.
function format.c(text)
  local lines, out, at = {}, {}, 1
  for line in text:gmatch("([^\n]*)\n") do lines[#lines + 1] = line end
  fold.lines(lines)
  while at <= #lines do at = put(lines, at, out) end
  return table.concat(out, "\n") .. "\n"
end

return format
