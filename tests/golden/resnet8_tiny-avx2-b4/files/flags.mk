# Made by castnet 0.1.0 from resnet8_tiny.lua --target avx2 --batch 4.
MODEL_NAME := resnet8_tiny
MODEL_PREFIX := resnet8_tiny
DATASET := cifar10
CFLAGS_TARGET := -fno-math-errno -fno-trapping-math -ffp-contract=off -march=x86-64-v3
INSTRUCTIONS := avx2 fma bmi2
LDLIBS_TARGET := -lpthread -lm
POOL := pool
SOURCES := kernels.c forward.c backward.c evaluate.c update.c resnet8_tiny.c resnet8_tiny_recipe.c
ROOMS := data evaluation files platform show training
PROGRAMS_OF_MODEL := train
# The variable that may name the data set's folder, and the folder where it doesn't.
DATA_VARIABLE := CIFAR10_DIR
DATA_FOLDER := build/data
