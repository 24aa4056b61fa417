# castnet: a network's description in, its trainer in C out.   `make help` lists the targets.
#
#   MODEL=NAME|FILE.lua   which spec: gen/specs/NAME.lua or a file of yours
#   TARGET=native|avx512bf16|avx512|avx2|aarch64|portable, BATCH=N   as gen/castnet --target and --batch
#   AS=trainer|evaluator|library|inference   what make gen, make plan and make bundle make of the spec, as gen/castnet --as
#   FORM=two              make bundle writes NAME.c and NAME.h alone
#   PROFILE=1             make bench prints the time of each kernel, by layer and direction
#   EXACT=1               direct convolutions alone, as gen/castnet --exact
#   PRECISION=bf16        what convolutions multiply and memory keeps, as gen/castnet --precision
#   TUNING=FILE           algorithms by a file of make tune, as gen/castnet --tuning
#   BLAS=1                matrix products by OpenBLAS, to compare: as gen/castnet --blas
#   FREEZE=conv1,layer1   as gen/castnet --freeze
#   INIT=FILE             weights that make train starts from: a .pth or .safetensors
#   KEY=NAME              which dict of a checkpoint of several INIT and WEIGHTS take, as gen/castnet convert --key
#   IMAGES=FOLDER         what make data makes a data set of, with ARGS="--split 0.2 ..."
#   DATA_URL=, DATA_MD5=  another source of what make data downloads, and its checksum
#   WEIGHTS=FILE, OUT=FILE.pth   what make export reads and writes, if not the last run's
#   WEIGHTS=FILE          weights that make bundle takes along: a .pth or .safetensors
#   ARGS="..."            arguments for the trainer (make train), the evaluator or the predictor: words between
#                         blanks; quotes and backslashes as in a shell, nothing else is special
#   BUILD=DIR             folder of all outputs, if not build/; a checkout may then be read-only
#   CC, CFLAGS, PYTHON    as usual

MODEL ?= resnet18
TARGET ?= native
BATCH ?=
FORM ?=
BLAS ?=
EXACT ?=
PRECISION ?=
TUNING ?=
PROFILE ?=
FREEZE ?=
ARGS ?=
PYTHON ?= python3
STEPS ?= 30
ROUNDS ?= 3
FUZZ_SECONDS ?= 60
TUNE_SECONDS ?= 240
BASE ?= HEAD
CASES ?= .
CFLAGS ?= -O3
export CC CFLAGS
VALUES := DATASET
include .make/values.mk

# To make itself AS is an assembler's name, so only a command line means the output.
AS_OUTPUT := $(if $(filter command,$(firstword $(origin AS))),$(value AS))
ifneq ($(filter-out trainer evaluator library inference,$(AS_OUTPUT)),)
$(error castnet: AS=$(AS_OUTPUT): give trainer, evaluator, library or inference)
endif

# Targets run one after the other; the builds inside them run in parallel.
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory
MODEL_MAKE = $(MAKE) -f .make/model.mk $(PARALLEL)
# -jN, unless this make already shares out jobs.
PARALLEL = $(if $(filter -j% --jobserver%,$(MAKEFLAGS)),,-j$(or $(shell nproc 2>/dev/null),1))

.PHONY: help train eval predict export gen plan bundle data bench bench-kernels tune test test-targets test-torch test-bits fuzz check golden-update clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' Makefile
	@echo
	@echo "  MODEL=NAME|FILE.lua  TARGET=native|avx512bf16|avx512|avx2|aarch64|portable  BATCH=N  PRECISION=bf16  FREEZE=conv1,layer1  ARGS=\"--epochs 1 ...\""
	@echo "  shipped models: $(sort $(basename $(notdir $(wildcard gen/specs/*.lua))))"

train: ## generate, compile and train MODEL (ARGS="--help" lists the trainer's options)
	@.make/need build
	@+$(MODEL_MAKE) run-train

eval: ## test accuracy of saved weights (ARGS="--help" lists the evaluator's options)
	@.make/need build
	@+$(MODEL_MAKE) OUTPUT=evaluator run-eval

export: ## write the trained weights as a .pth for PyTorch (WEIGHTS=, OUT=: others, elsewhere)
	@.make/need gen
	@+$(MODEL_MAKE) export

predict: ## classes of image files or records (ARGS="cat.png dog.jpg" or ARGS="--record 0,1")
	@.make/need build
	@.make/need image || echo "castnet: predict is made for records and PPM files only" >&2
	@+$(MODEL_MAKE) OUTPUT=evaluator run-predict

gen: ## only generate: spec -> build/NAME/*.c
	@.make/need gen
	@+$(MODEL_MAKE) $(if $(AS_OUTPUT),OUTPUT=$(AS_OUTPUT)) generate

plan: ## print MODEL's layers and memory plan
	@.make/need gen
	@$(if $(AS_OUTPUT),.make/need build)
	@+$(MODEL_MAKE) $(if $(AS_OUTPUT),OUTPUT=$(AS_OUTPUT) FOOTPRINT=1) plan

bundle: ## MODEL as AS=trainer|library|inference to take away: build/NAME-AS.tar.gz (WEIGHTS=FILE, FORM=two)
	@.make/need gen
	@+$(MODEL_MAKE) OUTPUT=$(or $(AS_OUTPUT),trainer) bundle

data: ## download CIFAR-10 (or DATASET=cifar100) into build/data, or make a set of pictures or MNIST there: IMAGES=photos/
ifneq ($(IMAGES),)
	@.make/need build
	@.make/need import || echo "castnet: made without what is missing" >&2
	@+MAKE='$(MAKE)' PARALLEL='$(PARALLEL)' .make/import
else
	@.make/need data
	@.make/data
endif

bench: ## speed of STEPS training steps of MODEL, PyTorch beside it where PYTHON has it; PROFILE=1: time of each kernel
	@.make/need build
	@+$(MODEL_MAKE) $(if $(filter-out 0,$(PROFILE)),OUTPUT=profiler) bench

bench-kernels: ## speed of kernels by shape, direction and algorithm, on one thread, beside the peak and OpenBLAS
	@.make/need build
	@+MAKE='$(MAKE)' PARALLEL='$(PARALLEL)' tests/speed/kernels

tune: ## time each algorithm of MODEL's convolutions here and write build/NAME/tuning.txt, for TUNING= (TUNE_SECONDS=240)
	@.make/need build
	@+TUNING= $(MODEL_MAKE) tune

test: ## all tests; with CIFAR10_DIR set also those on real images
	@.make/need test
	@+MAKE='$(MAKE)' PARALLEL='$(PARALLEL)' tests/run

test-targets: ## train and infer on other processors, emulated: Cortex-M, AArch64, ARMv7, RISC-V, s390x, i686
	@.make/need targets
	@+MAKE='$(MAKE)' PARALLEL='$(PARALLEL)' tests/run targets

test-torch: ## compare with PyTorch, which PYTHON must have (PYTHON=/opt/venv/bin/python)
	@.make/need build
	@+MAKE='$(MAKE)' PARALLEL='$(PARALLEL)' tests/run torch

test-bits: ## does this tree train to the same bits as the commit BASE=COMMIT? (CASES=PATTERN: only those)
	@.make/need build
	@+MAKE='$(MAKE)' PARALLEL='$(PARALLEL)' tests/bits/run "$$BASE" "$$CASES"

fuzz: ## feed every reader of files from outside with changed ones, FUZZ_SECONDS each (60)
	@.make/need fuzz
	@+MAKE='$(MAKE)' PARALLEL='$(PARALLEL)' tests/fuzz/run

check: ## luacheck, pyflakes, clang-format, cppcheck, warnings of gcc and clang as errors
	@.make/need check
	@+MAKE='$(MAKE)' PARALLEL='$(PARALLEL)' tests/check

golden-update: ## rewrite tests/golden/ and the words in gen/specs/README.md from what castnet does now; look at the diff
	@.make/need gen
	@lua5.4 tests/gen/run.lua --update-golden golden readme
	@tests/workshop/linked --update-golden
	@git --no-pager diff --stat -- tests/golden gen/specs/README.md

clean: ## remove everything under build/ but data and what runs left (RUNS=1: the runs, too)
	@[ ! -d $(BUILD) ] || .make/folder $(BUILD)
	@RUNS=$(if $(filter 1,$(RUNS)),1) .make/clean $(BUILD)
