-- x86-64 with 512-bit vectors: Intel from Skylake-X, AMD from Zen 4 on.
return {
  name = "avx512", architecture = "x86_64", features = "avx512f avx512bw avx512cd avx512dq avx512vl avx2 fma bmi2",
  flags = "-march=x86-64-v4 -mprefer-vector-width=512",
  vector_bytes = 64, registers = 32, cache = 1 << 20, tile = { rows = 4, vectors = 4, depth = 128 },
  vectors = "vectors/avx512.h", fma = true, threads = true, blas_core = "SkylakeX",
  costs = { transform = 40, full_row = 32, small_weight = 9 * 256 * 256, on_load = 8 << 20 },
}
