# Generates, compiles and links one model (used by ../Makefile; run from the top folder).
#
#   MODEL TARGET BATCH FREEZE CC CFLAGS    as in ../Makefile
#   SANITIZE=address,...  instruments everything; objects and programs go into build/NAME/sanitize
#   V=1                   shows the commands
#
# Targets: generate, programs (default), run-train, run-eval, run-predict, export, plan, bench

.DELETE_ON_ERROR:
.PHONY: programs generate run-train run-eval run-predict export plan bench FORCE
MAKEFLAGS += --no-builtin-rules

Q := $(if $(V),,@)
say = @printf '  %-9s %s\n' $(1) $(2)

CFLAGS ?= -O3

programs:

# --- spec -> build/NAME/*.c -----------------------------------------------------------------

ifneq ($(words $(MODEL))$(findstring $$,$(MODEL)),1)
$(error castnet: MODEL=$(MODEL): make takes no path with spaces or dollar signs; copy the spec, or use gen/castnet)
endif
SPEC := $(if $(filter %.lua,$(MODEL)),$(MODEL),gen/specs/$(MODEL).lua)
ifeq ($(wildcard $(SPEC)),)
$(error castnet: there is no $(SPEC); MODEL= takes a file of yours or one of: $(sort \
$(basename $(notdir $(wildcard gen/specs/*.lua)))))
endif

# Goes through a shell: names of layers and commas, nothing else.
ifneq ($(shell printf '%s' '$(subst ','"'"',$(subst $$,?,$(FREEZE)))' | tr -d 'A-Za-z0-9_.,'),)
$(error castnet: FREEZE=$(FREEZE): give names of layers with commas between them, such as conv1,bn1,layer1)
endif
OPTIONS := $(if $(TARGET),--target $(TARGET)) $(if $(BATCH),--batch $(BATCH)) \
	$(if $(FREEZE),--freeze $(FREEZE))
NAME := $(shell gen/castnet $(SPEC) --print-name $(OPTIONS))
ifeq ($(NAME),)
$(error castnet: no model from $(SPEC), see above)
endif
DIR := build/$(NAME)

# The stamp is newer than everything a generated file comes from. castnet itself leaves files
# alone whose text stays the same, so that only real changes are compiled again. make remakes the
# stamp because it is included, then reads this file afresh with the new list of sources.
STAMP := $(DIR)/generated.mk
INPUTS := $(SPEC) $(shell find gen templates ! -path 'gen/specs*' ! -name '.*' ! -name '*~')
ORIGIN := $(SPEC) $(OPTIONS)
include $(STAMP)
-include $(DIR)/flags.mk
ifneq ($(GENERATED_FROM),$(ORIGIN))
$(STAMP): FORCE
endif
$(STAMP): $(INPUTS)
	@mkdir -p $(DIR)
	$(call say,generate,$(DIR))
	$(Q)gen/castnet $(SPEC) -o $(DIR) $(OPTIONS)
	@echo 'GENERATED_FROM := $(ORIGIN)' >$@

generate: $(STAMP)
	@echo "castnet: $(SPEC) is in $(DIR)"

# --- build/NAME/*.c and runtime/*.c -> programs ---------------------------------------------

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow
BIN := $(DIR)$(if $(SANITIZE),/sanitize)
OBJ := $(BIN)/obj
SANITIZER := $(if $(SANITIZE),-g -fno-omit-frame-pointer -fsanitize=$(SANITIZE) \
	-fno-sanitize-recover=all)

MODEL_C := $(if $(SOURCES),$(SOURCES:%=$(DIR)/%),$(wildcard $(DIR)/*.c))
include .make/runtime.mk
MODEL_O := $(MODEL_C:$(DIR)/%.c=$(OBJ)/model/%.o)
RUNTIME_O := $(RUNTIME_C:runtime/%.c=$(OBJ)/runtime/%.o) $(POOL:%=$(OBJ)/runtime/%.o)
PROGRAMS := $(PROGRAM_NAMES:%=$(BIN)/%)

# What LDLIBS_TARGET links decides whether there is a BLAS to look for.
BLAS_CFLAGS := $(if $(findstring openblas,$(LDLIBS_TARGET)),$(shell pkg-config --cflags openblas))
BLAS_LDFLAGS := $(if $(findstring openblas,$(LDLIBS_TARGET)),$(shell pkg-config --libs-only-L openblas))
COMPILE = $(CC) $(CFLAGS) $(WARNINGS) $(CFLAGS_TARGET) $(SANITIZER) $(BLAS_CFLAGS) -I $(DIR)
LINK = $(CC) $(CFLAGS) $(CFLAGS_TARGET) $(SANITIZER) $(LDFLAGS)

programs: $(PROGRAMS)

$(BIN)/%: $(OBJ)/runtime/%.o $(MODEL_O) $(RUNTIME_O)
	$(call say,link,$@)
	$(Q)$(LINK) -o $@ $^ $(BLAS_LDFLAGS) $(LDLIBS_TARGET) $(LIBS_PROGRAM) $(LDLIBS)

# Only this program opens image files, so only it is linked with their library.
$(BIN)/predict: $(OBJ)/runtime/$(IMAGE).o
$(BIN)/predict: LIBS_PROGRAM := $(IMAGE_LIBS)
$(OBJ)/runtime/image.o: CFLAGS_FILE := $(IMAGE_CFLAGS)

$(OBJ)/model/%.o: $(DIR)/%.c $(OBJ)/command
	$(call say,compile,$<)
	$(Q)$(COMPILE) -std=c99 -MMD -MP -c -o $@ $<

$(OBJ)/runtime/%.o: runtime/%.c $(OBJ)/command
	$(call say,compile,$<)
	$(Q)$(COMPILE) $(CFLAGS_FILE) -std=c11 -I runtime -MMD -MP -c -o $@ $<

# Objects depend on the command that makes them, too.
COMMAND := $(strip $(COMPILE) $(LINK) $(LDLIBS_TARGET) $(IMAGE_LIBS))
ifneq ($(COMMAND),$(shell cat $(OBJ)/command 2>/dev/null))
$(OBJ)/command: FORCE
endif
$(OBJ)/command:
	@mkdir -p $(OBJ)/model $(OBJ)/runtime
	@echo '$(COMMAND)' >$@

.PRECIOUS: $(OBJ)/model/%.o $(OBJ)/runtime/%.o
-include $(wildcard $(OBJ)/*/*.d)

# --- the programs at work -------------------------------------------------------------------

# As .make/run takes them.
DATA = $(DATASET) $(DATA_VARIABLE) $(DATA_FOLDER)

# The best weights of the last run, or its last, where it tested none; the name of the best where there was no run.
WEIGHTS_OPTION = $(if $(findstring --weights,$(ARGS)),,--weights $(firstword \
	$(wildcard $(DIR)/run/best.safetensors $(DIR)/run/last.safetensors) $(DIR)/run/best.safetensors))

# What ARGS leave open: weights go to, and come from, the folder of this very build.
run-train: programs
	@if [ -n "$$INIT_FILE" ]; then init=$$(.make/init $(DIR)) && set -- --init "$$init" || exit; fi; \
	.make/run $(DATA) $(BIN)/train $(if $(findstring --out,$(ARGS)),,--out $(DIR)/run) "$$@" $(ARGS)

run-eval: programs
	@.make/run $(DATA) $(BIN)/eval $(WEIGHTS_OPTION) $(ARGS)

export: $(STAMP)
	@.make/export $(DIR)/run $(MODEL_NAME)_$(DATASET) $(MODEL_NAME)_synthetic

# Only records need the data.
run-predict: programs
	@$(if $(findstring --record,$(ARGS)),.make/run $(DATA)) $(BIN)/predict $(WEIGHTS_OPTION) $(ARGS)

plan: $(STAMP)
	@cat $(DIR)/layers.txt $(DIR)/plan.txt

bench: programs
	@tests/speed/bench $(BIN)/train
