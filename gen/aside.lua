-- Files in the making: written under a name that no other process takes, PATH.PROCESS.part, and renamed when complete.
local aside = {}

-- Linux tells a process its number; elsewhere one drawn at random has to do.
local function own_number()
  local file = io.open("/proc/self/stat", "rb")
  local number = file and file:read("n")
  if file then file:close() end
  return math.tointeger(number) or math.random(1 << 40)
end

local suffix = string.format(".%d.part", own_number())

function aside.name(path) return path .. suffix end

local function quote(text) return "'" .. text:gsub("'", "'\\''") .. "'" end
aside.quote = quote

-- Removes what killed processes left of these paths, all in the folder of the first or one below. Which are dead nobody
-- here knows, as others may work on another machine; but nobody writes at one file for an hour.
function aside.remove_left(paths)
  local folder = paths[1]:match("^(.*/)[^/]*$") or "./"
  if folder:sub(1, 1) == "-" then folder = "./" .. folder end
  local names = {}
  for i, path in ipairs(paths) do
    local pattern = path:match("[^/]*$"):gsub("[%[%]*?\\]", "\\%0") .. ".[0-9]*.part"
    names[i] = "-name " .. quote(pattern)
  end
  os.execute(string.format("find %s -maxdepth 2 -type f -mmin +60 \\( %s \\) -exec rm -f {} + 2>/dev/null", quote(folder),
    table.concat(names, " -o ")))
end

return aside
