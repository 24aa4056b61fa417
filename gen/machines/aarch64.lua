-- 64-bit Arm with NEON, which each of them has.
return {
  name = "aarch64", architecture = "aarch64", features = "asimd", flags = "-march=armv8-a",
  vector_bytes = 16, registers = 32, cache = 512 << 10, tile = { rows = 4, vectors = 4, depth = 256 },
  vectors = "vectors/aarch64.h", fma = true, threads = true,
  costs = { transform = 40, full_row = 32, small_weight = 9 * 256 * 256, on_load = 8 << 20 },
}
