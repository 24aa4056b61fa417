-- Patterns of names, in which * stands for any characters, none and dots among them.
--
-- Called while a spec runs, when strings have no methods (sandbox.lua), hence string.find(...) and the like.
local glob = {}

-- The pieces of the pattern between its stars.
local function pieces_of(pattern)
  local list = {}
  for piece in string.gmatch(pattern .. "*", "([^*]*)%*") do list[#list + 1] = piece end
  return list
end

-- Whether the pattern stands for the name: each piece is taken where it first comes, so that time grows with the two
-- lengths, however many stars there are.
function glob.matches(pattern, name)
  local pieces = pieces_of(pattern)
  if #pieces == 1 then return pattern == name end
  local first, last = pieces[1], pieces[#pieces]
  if #name < #first + #last or string.sub(name, 1, #first) ~= first or string.sub(name, #name - #last + 1) ~= last then
    return false
  end
  local at, ends = #first + 1, #name - #last
  for i = 2, #pieces - 1 do
    local from, to = string.find(name, pieces[i], at, true)
    if not from or to > ends then return false end
    at = to + 1
  end
  return true
end

return glob
