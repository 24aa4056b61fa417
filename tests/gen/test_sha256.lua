-- SHA-256 against the examples of FIPS 180-4 and of every way to pad.
local harness = require "harness"
local sha256 = require "sha256"

harness.test("sha256 of the standard's examples", function()
  harness.equal(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  harness.equal(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  harness.equal(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
end)

harness.test("sha256 of texts around a block's length, as sha256sum has them", function()
  for length = 54, 66 do
    local text = ("x"):rep(length)
    local process = assert(io.popen("printf %s " .. text .. " | sha256sum"))
    harness.equal(sha256(text), process:read("a"):sub(1, 64), length .. " bytes")
    process:close()
  end
end)
