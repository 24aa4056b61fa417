# Made by castnet @(version) from @(record.file) @(options).
MODEL_NAME := @(name)
DATASET := @(record.data.short)
CFLAGS_TARGET := @(graph.target.flags)
INSTRUCTIONS := @(table.concat(instructions, " "))
LDLIBS_TARGET := @(blas and "-lopenblas " or "")@(target.threads and "-lpthread " or "")-lm
POOL := @(target.threads and "pool" or "pool_serial")
SOURCES := @(sources)
ROOMS := @(table.concat(output.rooms, " "))
PROGRAMS_OF_MODEL := @(table.concat(output.programs, " "))
# The variable that may name the data set's folder, and the folder where it doesn't.
DATA_VARIABLE := @(record.data.variable)
DATA_FOLDER := @(record.data.folder)
