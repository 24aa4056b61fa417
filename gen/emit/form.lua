-- In which files the C of an output comes:
--
--   files     as the output names them
--   bundle    for other people's folders: each file's name begins with the prefix
--   two       PREFIX.h as it is, and PREFIX.c, which has all others in it, headers where the first file asks for them; what the
--             prototypes there call static is seen by nobody else (C99 6.2.2: a definition without a storage class has the linkage
--             of the declaration before it)
local form = { names = { "files", "bundle", "two" } }

local function is_c(path) return path:find("%.[ch]$") ~= nil end

-- What `path` is called in a bundle.
function form.named(path, prefix)
  local rest = path:sub(1, #prefix) == prefix and path:sub(#prefix + 1, #prefix + 1)
  if rest == "." or rest == "_" or not is_c(path) then return path end
  return prefix .. "_" .. path
end

-- The lines of a text, with their ends.
local function each_line(text) return text:gmatch("[^\n]*\n") end

local function bundle(list, prefix)
  local ours, out = {}, {}
  for _, entry in ipairs(list) do ours[entry[1]] = form.named(entry[1], prefix) end
  for i, entry in ipairs(list) do
    local text = table.concat(entry[2]):gsub('\n#include "([^"]*)"', function(path)
      return string.format('\n#include "%s"', ours[path] or path)
    end)
    out[i] = { ours[entry[1]], { text } }
  end
  return out
end

-- What opens each file, up to the end of its first comment, is said once.
local function without_header(text) return (text:gsub("^/%* Made by castnet.-%*/\n", "")) end

local unused = [[
/* Of functions that many networks share this one may not call all. */
#if defined(__GNUC__)
#pragma GCC diagnostic ignored "-Wunused-function"
#endif
]]

local function two(list, prefix)
  local texts, main, rest = {}, {}, {}
  for _, entry in ipairs(list) do
    if is_c(entry[1]) then texts[entry[1]] = table.concat(entry[2]) else rest[#rest + 1] = entry end
  end
  local header, seen = prefix .. ".h", {}
  local function put(path)
    seen[path] = true
    main[#main + 1] = string.format("\n/* ---- %s ---- */\n", path)
    for line in each_line(without_header(texts[path])) do
      local included = line:match('^#include "([^"]*)"')
      if not included or not texts[included] then
        main[#main + 1] = line
      elseif not seen[included] and included ~= header then
        put(included)
      end
    end
  end
  main[1] = texts[prefix .. ".c"]:match("^/%* Made by castnet.-%*/\n") .. unused .. string.format('#include "%s"\n', header)
  for _, entry in ipairs(list) do
    if entry[1]:find("%.c$") and not entry.beside then put(entry[1]) end
  end
  local out = { { header, { texts[header] } }, { prefix .. ".c", main } }
  for _, entry in ipairs(list) do
    if entry.beside then out[#out + 1] = entry end
  end
  for _, entry in ipairs(rest) do
    if not entry.beside then out[#out + 1] = entry end
  end
  return out
end

-- list: {name, pieces of its text, beside: whether it stays a file of its own} ... of emit.files.
function form.of(name, list, prefix)
  if name == "bundle" then return bundle(list, prefix) end
  if name == "two" then return two(list, prefix) end
  return list
end

return form
