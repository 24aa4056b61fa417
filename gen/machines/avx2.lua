-- x86-64 with 256-bit vectors and fused multiply-add: Intel from Haswell, AMD from Excavator on.
return {
  name = "avx2", architecture = "x86_64", features = "avx2 fma bmi2", flags = "-march=x86-64-v3",
  vector_bytes = 32, registers = 16, cache = 512 << 10, line = 2, tile = { rows = 6, vectors = 2, depth = 256 },
  vectors = "vectors/avx2.h", fma = true, threads = true, blas_core = "Haswell",
  costs = { transform = 40, full_row = 32, small_weight = 9 * 256 * 256, on_load = 8 << 20 },
}
