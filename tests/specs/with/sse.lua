-- A machine in one file: x86-64 as it began, with vectors of 16 bytes.
return {
  machines = {
    {
      name = "sse", architecture = "x86_64", features = "sse2", flags = "-march=x86-64",
      vector_bytes = 16, registers = 16, cache = 256 << 10, tile = { rows = 4, vectors = 2, depth = 256 },
      vectors = "vectors/portable.h", fma = false, threads = false,
      costs = { transform = 40, full_row = 32, small_weight = 9 * 256 * 256, on_load = 8 << 20 },
    },
  },
}
