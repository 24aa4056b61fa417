-- Errors of the conversion: one line `what; what to do`; convert/init.lua puts `castnet: FILE: ` in front.
-- Names come from files that anybody may have made, so they are made fit for a terminal first.
local fail = {}

local longest = 120  -- bytes of a name that a message shows

-- `text` with nothing but printable ASCII, cut to a sane length.
function fail.printable(text)
  text = tostring(text)
  local shown = text:sub(1, longest):gsub("[^\x20-\x7e]", "?")
  return #text > longest and shown .. "..." or shown
end

-- Raises `what; advice`. Arguments of `what` are made printable.
function fail.because(advice, what, ...)
  local arguments = { ... }
  for i, argument in ipairs(arguments) do arguments[i] = fail.printable(argument) end
  error(setmetatable({ text = string.format(what, table.unpack(arguments)) .. "; " .. advice }, fail), 0)
end

-- The same with `listing`, text that is already printable and may be long, behind what is said.
function fail.listing(advice, what, argument, listing)
  error(setmetatable({ text = string.format(what, fail.printable(argument)) .. listing .. "; " .. advice }, fail), 0)
end

-- `path` could not be written, for the reason that io gave.
function fail.unwritten(path, problem)
  local text = "cannot write (" .. tostring(problem):gsub("^.*: ", "") .. "); check folder and free space"
  error(setmetatable({ text = text, path = path }, fail), 0)
end

-- A file that breaks its own format.
function fail.damaged(what, ...)
  fail.because("the file is damaged, take another copy", what, ...)
end

-- Text of an error made here, and its file if that is not the one read; nil if `problem` is another error.
function fail.text(problem)
  if getmetatable(problem) == fail then return problem.text, problem.path end
end

return fail
