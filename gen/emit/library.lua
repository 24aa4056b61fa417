-- What a network in a program of someone's own has beside the trainer's: the recipe's settings, and the header of its weight
-- files.
local hyper = require "hyper"
local layout = require "layout"
local text = require "emit.text"

local library = {}

-- Members of struct PREFIX_hyper that the recipe has numbers for.
local function settings(train)
  local list, of = {}, { optimizer = train.optimizer, train = train }
  for _, member in ipairs(hyper) do
    if member.of then
      list[#list + 1] = { name = member.name, value = text.number((of[member.of][member.name] or 0) + 0.0) }
    end
  end
  return list
end

local names = { f32 = "F32", i64 = "I64" }

-- The header's text, and bytes of all of such a file. Counters come first, so that every tensor is aligned to its own size.
local function header_of(graph)
  local list, at = {}, 0
  for _, type in ipairs { "i64", "f32" } do
    for _, entry in ipairs(graph.parameters) do
      if entry.type == type then
        local count = 1
        for _, d in ipairs(entry.dims) do count = count * d end
        local bytes = count * layout.bytes(type)
        list[#list + 1] = string.format('"%s":{"dtype":"%s","shape":[%s],"data_offsets":[%d,%d]}', entry.name, names[type],
          table.concat(entry.dims, ","), at, at + bytes)
        at = at + bytes
      end
    end
  end
  local header = '{"__metadata__":{"format":"pt"},' .. table.concat(list, ",") .. "}"
  header = header .. string.rep(" ", -#header % 8)
  return header, 8 + #header + at
end

-- In pieces: C99 has strings of 4095 characters at most.
local function quoted(line)
  local pieces = {}
  for first = 1, #line, 72 do pieces[#pieces + 1] = '"' .. line:sub(first, first + 71):gsub('[\\"]', "\\%0") .. '"' end
  return pieces
end

function library.values(graph)
  local header, bytes = header_of(graph)
  return {
    settings = settings(graph.record.train), file_header = quoted(header), header_bytes = #header,
    file_bytes = bytes,
    learning_rate = text.number(graph.record.train.optimizer.lr + 0.0),
    label_limit = 1 << 8 * layout.bytes(graph.label_type),
  }
end

return library
