# Made by castnet @(version) from @(file) @(options).
MODEL_NAME := @(name)
MODEL_PREFIX := @(prefix)
DATASET := @(dataset)
CFLAGS_TARGET := @(target_flags)
INSTRUCTIONS := @(instruction_list)
LDLIBS_TARGET := @(libraries)
POOL := @(pool)
SOURCES := @(sources)
ROOMS := @(rooms)
PROGRAMS_OF_MODEL := @(programs)
# The variable that may name the data set's folder, and the folder where it doesn't.
DATA_VARIABLE := @(data_variable)
DATA_FOLDER := @(data_folder)
