-- A file written aside and renamed once it is complete: a failure leaves what was there.
local aside = require "aside"
local fail = require "convert.fail"

local output = {}
output.__index = output

function output.open(path)
  local file, problem = io.open(aside.name(path), "wb")
  if not file then fail.unwritten(path, problem) end
  file:setvbuf("full", 1 << 16)
  return setmetatable({ file = file, path = path, at = 0 }, output)
end

function output:write(text)
  local ok, problem = self.file:write(text)
  if not ok then fail.unwritten(self.path, problem) end
  self.at = self.at + #text
end

function output:commit()
  local file = self.file
  self.file = nil
  local ok, problem = file:close()
  if ok then ok, problem = os.rename(aside.name(self.path), self.path) end
  if not ok then
    os.remove(aside.name(self.path))
    fail.unwritten(self.path, problem)
  end
  aside.remove_left { self.path }
end

-- Removes what was written so far. Does nothing after commit.
function output:abandon()
  if not self.file then return end
  self.file:close()
  self.file = nil
  os.remove(aside.name(self.path))
end

-- Writes a file that is `text`, or raises and leaves what was there.
function output.whole(path, text)
  local out = output.open(path)
  local ok, problem = pcall(out.write, out, text)
  if not ok then
    out:abandon()
    error(problem, 0)
  end
  out:commit()
end

return output
