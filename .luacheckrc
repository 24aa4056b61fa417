-- luacheck for castnet; `make check` runs it.
std = "lua54"
max_line_length = 140
include_files = { "gen/**/*.lua", "gen/*.lua", "tests/**/*.lua", ".luacheckrc" }
-- Specs that are wrong on purpose.
exclude_files = { "tests/specs/hostile/**", "tests/specs/wrong/**" }

-- A spec sees the words of gen/words.lua and nothing else.
files["gen/specs"] = { std = "min", read_globals = { "net" } }
files["tests/specs"] = { std = "min", read_globals = { "net" } }
files["tests/speed/shapes.lua"] = { std = "min", read_globals = { "net" } }
files[".luacheckrc"] = { std = "luacheckrc" }
