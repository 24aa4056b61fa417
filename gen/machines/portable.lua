-- Any processor with a C compiler: plain C in one thread, which the compiler may or may not make vectors of.
return {
  name = "portable", features = "", flags = "",
  vector_bytes = 16, registers = 16, cache = 256 << 10, tile = { rows = 4, vectors = 2, depth = 256 },
  vectors = "vectors/portable.h", fma = false, threads = false,
  costs = { transform = 40, full_row = 32, small_weight = 9 * 256 * 256, on_load = 8 << 20 },
}
