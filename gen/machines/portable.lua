-- Any processor with a C compiler: plain C in one thread, which the compiler may or may not make vectors of.
return {
  name = "portable", features = "", flags = "",
  vector_bytes = 16, registers = 16, fma = false, threads = false,
}
