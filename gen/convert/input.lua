-- A file that is read by places, each checked against its size before anything is allocated.
local fail = require "convert.fail"

local input = {}
input.__index = input

local chunk = 1 << 20  -- bytes read at a time

function input.open(path)
  local file, problem = io.open(path, "rb")
  if not file then fail.because("check the name", "cannot read (%s)", (problem:gsub("^.*: ", ""))) end
  local readable = file:read(0) or file:read(1) == nil and file:seek("end") == 0  -- a folder opens, but reads nothing
  local size = readable and file:seek("end")
  if not size then
    file:close()
    fail.because("give a plain file", "cannot read it by places")
  end
  return setmetatable({ file = file, size = size }, input)
end

function input:close()
  self.file:close()
end

-- `count` bytes from `at` (from 0). `what` names them in the error. self.at: where the file stands, if that is
-- known; what follows there is read without a seek, which would empty the buffer.
function input:read(at, count, what)
  if at < 0 or count < 0 or at > self.size or count > self.size - at then
    fail.damaged("%s would end after the end of the file", what)
  end
  if count == 0 then return "" end
  local text = (at == self.at or self.file:seek("set", at)) and self.file:read(count)
  self.at = text and at + #text
  if not text or #text ~= count then fail.because("try again", "reading %s failed", what) end
  return text
end

-- Iterator over the bytes [at, at + count) in pieces of a bounded size; a piece ends at a multiple of 8.
function input:pieces(at, count, what)
  local done = 0
  return function()
    if done >= count then return nil end
    local piece = self:read(at + done, math.min(chunk, count - done), what)
    done = done + #piece
    return piece
  end
end

return input
