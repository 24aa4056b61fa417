-- SHA-256 (FIPS 180-4) of a text, as 64 hexadecimal digits: what sha256sum prints of the same bytes.

local mask = 0xffffffff

-- The first 32 bits of the fractional parts of a root of each of the first `count` primes.
local function of_primes(count, root)
  local list, candidate = {}, 2
  while #list < count do
    local is_prime = true
    for divisor = 2, candidate - 1 do
      if divisor * divisor > candidate then break end
      if candidate % divisor == 0 then
        is_prime = false
        break
      end
    end
    if is_prime then list[#list + 1] = math.floor(candidate ^ root % 1 * 2 ^ 32) end
    candidate = candidate + 1
  end
  return list
end

local constants, start = of_primes(64, 1 / 3), of_primes(8, 1 / 2)

local function rotate(x, n) return (x >> n | x << 32 - n) & mask end

-- The 64 words of a block's schedule.
local function schedule(text, at)
  local w = { string.unpack(">" .. string.rep("I4", 16), text, at) }
  for i = 17, 64 do
    local a, b = w[i - 15], w[i - 2]
    w[i] = w[i - 16] + (rotate(a, 7) ~ rotate(a, 18) ~ a >> 3) + w[i - 7] + (rotate(b, 17) ~ rotate(b, 19) ~ b >> 10) & mask
  end
  return w
end

local function compress(state, w)
  local a, b, c, d, e, f, g, h = table.unpack(state)
  for i = 1, 64 do
    local first = h + (rotate(e, 6) ~ rotate(e, 11) ~ rotate(e, 25)) + (e & f ~ ~e & g) + constants[i] + w[i]
    local second = (rotate(a, 2) ~ rotate(a, 13) ~ rotate(a, 22)) + (a & b ~ a & c ~ b & c)
    a, b, c, d, e, f, g, h = first + second & mask, a, b, c, d + first & mask, e, f, g
  end
  for i, value in ipairs { a, b, c, d, e, f, g, h } do state[i] = state[i] + value & mask end
end

return function(text)
  local padded = text .. "\x80" .. string.rep("\0", (55 - #text) % 64) .. string.pack(">I8", 8 * #text)
  local state = table.move(start, 1, 8, 1, {})
  for at = 1, #padded, 64 do compress(state, schedule(padded, at)) end
  return (string.format(string.rep("%08x", 8), table.unpack(state)))
end
