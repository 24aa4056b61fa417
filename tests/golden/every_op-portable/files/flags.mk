# Made by castnet 0.1.0 from every_op.lua --target portable --batch 2.
MODEL_NAME := every_op
MODEL_PREFIX := every_op
DATASET := cifar10
CFLAGS_TARGET := -fno-math-errno -fno-trapping-math -ffp-contract=off
INSTRUCTIONS := 
LDLIBS_TARGET := -lm
POOL := pool_serial
SOURCES := kernels.c forward.c backward.c evaluate.c update.c every_op.c every_op_recipe.c
ROOMS := data evaluation files platform show training
PROGRAMS_OF_MODEL := train
# The variable that may name the data set's folder, and the folder where it doesn't.
DATA_VARIABLE := CIFAR10_DIR
DATA_FOLDER := build/data
