# Made by castnet @(version) from @(record.file) @(options).
MODEL_NAME := @(name)
DATASET := cifar10
CFLAGS_TARGET := @(graph.target.flags)
LDLIBS_TARGET := @(blas and "-lopenblas -lpthread " or "")-lm
POOL := @(blas and "pool" or "pool_serial")
SOURCES := memory.c kernels.c forward.c backward.c evaluate.c update.c @(name).c
