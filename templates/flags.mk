# Made by castnet @(version) from @(record.file) @(options).
CFLAGS_TARGET := @(graph.target.flags)
LDLIBS_TARGET := @(blas and "-lopenblas -lpthread " or "")-lm
POOL := @(blas and "pool" or "pool_serial")
