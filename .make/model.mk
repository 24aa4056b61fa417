# Generates, compiles and links one model (used by ../Makefile; run from the top folder).
#
#   MODEL TARGET BATCH BLAS PRECISION TUNING FREEZE CC CFLAGS    as in ../Makefile
#   OUTPUT=trainer|evaluator|library|inference   what is made of the spec: build/NAME, or build/NAME/OUTPUT; profiler: a trainer that
#                              takes the time of each kernel, build/NAME-with-profile; tuner: one for make tune
#   SANITIZE=address,...  instruments everything; objects and programs go into build/NAME/sanitize
#   V=1                   shows the commands
#
# Targets: generate, programs (default), run-train, run-eval, run-predict, export, plan, bench, tune, bundle

.DELETE_ON_ERROR:
.PHONY: bundle programs generate run-train run-eval run-predict export plan bench tune FORCE
MAKEFLAGS += --no-builtin-rules

CFLAGS ?= -O3

programs:

VALUES :=
include .make/values.mk
Q := $(if $(V),,@)
say = @printf '  %-9s %s\n' $(1) $(2)

# --- spec -> build/NAME/*.c -----------------------------------------------------------------

SPEC := $(if $(filter %.lua,$(MODEL)),$(MODEL),gen/specs/$(MODEL).lua)
ifneq ($(shell test -f $(SPEC) && echo file),file)
$(error castnet: there is no file $(SPEC); MODEL= takes a file of yours or one of: $(sort \
$(basename $(notdir $(wildcard gen/specs/*.lua)))))
endif

OUTPUT ?= trainer
PROFILER := tests/speed/profile
OPTIONS := $(if $(TARGET),--target $(TARGET)) $(if $(BATCH),--batch $(BATCH)) \
	$(if $(filter-out 0,$(BLAS)),--blas) $(if $(filter-out 0,$(EXACT)),--exact) \
	$(if $(PRECISION),--precision $(PRECISION)) \
	$(if $(TUNING),--tuning $(TUNING)) $(if $(FREEZE),--freeze $(FREEZE)) \
	$(if $(filter profiler tuner,$(OUTPUT)),--with $(PROFILER)/profile.lua)
NAME := $(shell gen/castnet $(SPEC) --print-name $(OPTIONS))
# FOLDER has the programs and the runs, DIR the C of one output.
FOLDER := $(BUILD)/$(NAME)
DIR := $(FOLDER)$(if $(filter-out trainer,$(OUTPUT)),/$(OUTPUT))

# An empty stamp at first: of one that is not there and can't be made a make without parallel jobs has a line of its own.
STAMP := $(DIR)/generated.mk
READY := $(if $(NAME),$(shell { [ -e $(STAMP) ] || BUILD=$(BUILD) .make/folder $(DIR) && : >>$(STAMP); } && echo ready))
ifneq ($(READY),ready)
# Castnet, or .make/folder, has said why: asked a question (-q), make answers no without a line of its own.
MAKEFLAGS += -q
$(or $(MAKECMDGOALS),programs): FORCE ; @:
else

# The stamp is newer than everything a generated file comes from. castnet itself leaves files
# alone whose text stays the same, so that only real changes are compiled again. make remakes the
# stamp because it is included, then reads this file afresh with the new list of sources.
INPUTS := $(SPEC) $(shell find gen templates ! -path 'gen/specs*' ! -name '.*' ! -name '*~' ! -name '*.md') \
	$(if $(filter profiler tuner,$(OUTPUT)),$(wildcard $(PROFILER)/*)) $(TUNING)
# What native means here belongs to it: another machine may share this folder.
NATIVE := $(if $(filter-out native,$(TARGET)),,$(shell \
	lua5.4 -e 'package.path = "gen/?.lua;" .. package.path; print(require("targets").resolve("native", true).name)'))
ORIGIN := $(strip $(SPEC) --as $(OUTPUT) $(OPTIONS) $(NATIVE))
include $(STAMP)
-include $(DIR)/flags.mk
ifneq ($(GENERATED_FROM),$(ORIGIN))
$(STAMP): FORCE
endif
$(STAMP): $(INPUTS)
	@.make/folder $(DIR)
	$(call say,generate,$(DIR))
	$(Q)gen/castnet $(SPEC) -o $(DIR) --as $(OUTPUT) $(OPTIONS)
	@echo 'GENERATED_FROM := $(ORIGIN)' >$@

generate: $(STAMP)
	@echo "castnet: $(SPEC) is in $(DIR)"

# --- build/NAME/*.c and runtime/*.c -> programs ---------------------------------------------

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow
BIN := $(FOLDER)$(if $(SANITIZE),/sanitize)
OBJ := $(DIR)$(if $(SANITIZE),/sanitize)/obj
SANITIZER := $(if $(SANITIZE),-g -fno-omit-frame-pointer -fsanitize=$(SANITIZE) \
	-fno-sanitize-recover=all)

MODEL_C := $(if $(SOURCES),$(SOURCES:%=$(DIR)/%),$(wildcard $(DIR)/*.c))
include .make/runtime.mk
MODEL_O := $(MODEL_C:$(DIR)/%.c=$(OBJ)/model/%.o)
RUNTIME_O := $(RUNTIME_C:%.c=$(OBJ)/%.o) $(OBJ)/runtime/platform/$(POOL).o
PROGRAMS := $(PROGRAMS_OF_MODEL:%=$(BIN)/%)

# What LDLIBS_TARGET links decides whether there is a BLAS to look for.
BLAS_CFLAGS := $(if $(findstring openblas,$(LDLIBS_TARGET)),$(shell pkg-config --cflags openblas))
BLAS_LDFLAGS := $(if $(findstring openblas,$(LDLIBS_TARGET)),$(shell pkg-config --libs-only-L openblas))
COMPILE = $(CC) $(CFLAGS) $(WARNINGS) $(CFLAGS_TARGET) $(SANITIZER) $(BLAS_CFLAGS)
LINK = $(CC) $(CFLAGS) $(CFLAGS_TARGET) $(SANITIZER) $(LDFLAGS)

# What has the compiler write beside an object which headers it read; asked once, and only where something is compiled.
DEPENDENCIES = $(eval DEPENDENCIES := $(shell for flags in "-MMD -MP" -MD; do \
	probe=$(OBJ)/probe-$$$$; \
	echo 'int i;' >$$probe.c && $(CC) $$flags -c -o $$probe.o $$probe.c 2>/dev/null && \
	echo "$$flags" && break; done; rm -f $$probe.*))$(DEPENDENCIES)

# All that there are, of every output.
programs: $(PROGRAMS)
ifeq ($(OUTPUT),trainer)
	@+$(MAKE) -f .make/model.mk OUTPUT=evaluator programs
endif

$(BIN)/%: $(OBJ)/runtime/%.o $(MODEL_O) $(OBJ)/runtime.a
	$(call say,link,$@)
	$(Q)$(LINK) -o $@ $(filter %.o,$^) $(filter %.a,$^) $(BLAS_LDFLAGS) $(LDLIBS_TARGET) $(LIBS_PROGRAM) $(LDLIBS)

# A program takes what it needs of the runtime.
$(OBJ)/runtime.a: $(RUNTIME_O)
	$(Q)rm -f $@ && $(AR) rcs $@ $^

# Only this program opens image files, so only it is linked with their library.
$(BIN)/predict: $(OBJ)/runtime/$(IMAGE).o
$(BIN)/predict: LIBS_PROGRAM := $(IMAGE_LIBS)
$(OBJ)/runtime/data/image_library.o: CFLAGS_FILE := $(IMAGE_CFLAGS)

$(OBJ)/model/%.o: $(DIR)/%.c $(OBJ)/command
	$(call say,compile,$<)
	$(Q)$(COMPILE) -std=c99 $(DEPENDENCIES) -c -o $@ $<

$(OBJ)/runtime/%.o: runtime/%.c $(OBJ)/command
	@mkdir -p $(@D)
	$(call say,compile,$<)
	$(Q)$(COMPILE) $(CFLAGS_FILE) -std=c11 -I runtime -I $(DIR)/runtime $(DEPENDENCIES) -c -o $@ $<

# What runs before it is known that the target's instructions are there is made of none of them.
$(OBJ)/runtime/platform/processor.o $(OBJ)/runtime/platform/program.o: private CFLAGS_TARGET :=

# Objects depend on the command that makes them, too.
COMMAND := $(strip $(COMPILE) $(LINK) $(LDLIBS_TARGET) $(IMAGE_LIBS))
ifneq ($(COMMAND),$(shell cat $(OBJ)/command 2>/dev/null))
$(OBJ)/command: FORCE
endif
$(OBJ)/command:
	@.make/folder $(OBJ)/model $(OBJ)/runtime
	@.make/compiler "$(TARGET)" "$(INSTRUCTIONS)" $(CC) $(CFLAGS_TARGET)
	@printf '%s\n' $(call quote,$(COMMAND)) >$@

# A header that an object was made of, and that is gone, has it made again; -MP says so where a compiler has it.
%.h: ;
.PRECIOUS: $(OBJ)/model/%.o $(OBJ)/runtime/%.o
-include $(wildcard $(OBJ)/*/*.d $(OBJ)/*/*/*.d)

# --- the programs at work -------------------------------------------------------------------

# As .make/run takes them.
DATA = $(DATASET) $(DATA_VARIABLE) $(DATA_FOLDER)

# The words of ARGS are for .make/run, which adds what they leave open.
WORK = DIR=$(FOLDER) BIN=$(BIN) .make/run

run-train: $(PROGRAMS)
	@$(WORK) train $(DATA)

run-eval: $(PROGRAMS)
	@$(WORK) eval $(DATA)

export: $(STAMP)
	@.make/export $(FOLDER)/run $(MODEL_NAME)_$(DATASET) $(MODEL_NAME)_synthetic

run-predict: $(PROGRAMS)
	@$(WORK) predict $(DATA)

plan: $(STAMP)
	@cat $(wildcard $(DIR)/layers.txt) $(DIR)/plan.txt
ifdef FOOTPRINT
	@SPEC=$(SPEC) OPTIONS='$(OPTIONS)' KIND=$(OUTPUT) DIR=$(DIR) FLAGS='$(CFLAGS_TARGET) $(BLAS_CFLAGS)' .make/footprint
endif

bench: $(PROGRAMS)
	@tests/speed/$(if $(filter profiler,$(OUTPUT)),profile/run,bench) $(BIN)/train

tune:
	@+SPEC=$(SPEC) OPTIONS='$(OPTIONS)' FOLDER=$(FOLDER) MAKE='$(MAKE)' .make/tune

# All that .make/bundle cannot know by itself.
bundle: $(STAMP)
	@SPEC=$(SPEC) OPTIONS='$(OPTIONS)' KIND=$(OUTPUT) NAME=$(NAME) DIR=$(DIR) RUNTIME_C='$(RUNTIME_C) runtime/platform/$(POOL).c' \
		ROOMS='$(ROOMS)' FORM=$(FORM) .make/bundle

endif # READY
