# The program that makes a data set of pictures (used by .make/data; run from the top folder). It needs no model.
#
# Targets: program (default)

.DELETE_ON_ERROR:
.PHONY: program FORCE
MAKEFLAGS += --no-builtin-rules
CFLAGS ?= -O3
include .make/values.mk
OBJ := $(BUILD)/import/obj
ROOMS := import
include .make/runtime.mk
SOURCES := runtime/import.c $(wildcard runtime/import/*.c) runtime/error.c runtime/utf8.c runtime/show/progress.c \
	$(addprefix runtime/platform/,clock.c files.c folders.c processor.c program.c terminal.c) \
	$(addprefix runtime/data/,exif.c image.c image_kind.c pnm.c resample.c rng.c) runtime/$(IMAGE).c
COMPILE = $(CC) $(CFLAGS) -std=c11 -Wall -Wextra -Wpedantic -Wshadow -I runtime -I runtime/import/no_model

program: $(BUILD)/import/import

$(BUILD)/import/import: $(SOURCES:%.c=$(OBJ)/%.o)
	@$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(IMAGE_LIBS) $(ZLIB_LIBS) -lm $(LDLIBS)

# The same arithmetic as in predict, whatever that is compiled for.
$(OBJ)/runtime/data/resample.o: CFLAGS_FILE := -ffp-contract=off
$(OBJ)/runtime/import/gunzip.o: CFLAGS_FILE := $(ZLIB_CFLAGS)
$(OBJ)/runtime/data/image_library.o: CFLAGS_FILE := $(IMAGE_CFLAGS)

$(OBJ)/%.o: %.c $(OBJ)/command
	@mkdir -p $(@D)
	@$(COMPILE) $(CFLAGS_FILE) -MMD -MP -c -o $@ $<

# Objects depend on the command that makes them, too.
COMMAND := $(strip $(COMPILE) $(IMAGE_CFLAGS) $(ZLIB_CFLAGS) $(LDFLAGS) $(IMAGE_LIBS) $(ZLIB_LIBS) $(LDLIBS))
ifneq ($(COMMAND),$(shell cat $(OBJ)/command 2>/dev/null))
$(OBJ)/command: FORCE
endif
$(OBJ)/command:
	@mkdir -p $(@D)
	@printf '%s\n' $(call quote,$(COMMAND)) >$@

.PRECIOUS: $(OBJ)/%.o
-include $(shell find $(OBJ) -name '*.d' 2>/dev/null)
