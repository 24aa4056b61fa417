# The C tests, written with Criterion (used by tests/run; run from the top folder).
#
# tests/ROOM/test_NAME.c becomes the program ROOM/test_NAME, for the rooms
#   runtime/    the runtime's modules, against the small made-up model of tests/runtime/mock/
#   reference/  the naive loops that generated code is compared with
# linked with a library of all of runtime/ but the programs, and of the other files there.
#
#   SANITIZE=address,...  instruments everything; programs go into build/tests/sanitize
#
# Targets: programs (default), list (prints the programs' paths), runtime-sources (prints what programs share)

.DELETE_ON_ERROR:
.PHONY: programs list runtime-sources FORCE
MAKEFLAGS += --no-builtin-rules

TESTS_C := $(wildcard tests/runtime/test_*.c tests/reference/test_*.c)
include .make/values.mk
override OUT := $(BUILD)/tests/$(if $(SANITIZE),sanitize,plain)
OBJ := $(OUT)/obj
PROGRAMS := $(TESTS_C:tests/%.c=$(OUT)/%)
LIBRARY := $(OBJ)/library.a
include .make/runtime.mk
LIBRARY_C := $(RUNTIME_C) runtime/platform/pool.c runtime/platform/pool_serial.c runtime/$(IMAGE).c \
	$(filter-out $(TESTS_C),$(wildcard tests/runtime/*.c tests/runtime/mock/*.c tests/reference/*.c))

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow
SANITIZER := $(if $(SANITIZE),-fno-omit-frame-pointer -fsanitize=$(SANITIZE) \
	-fno-sanitize-recover=all)
COMPILE = $(CC) -O1 -g -std=c11 $(WARNINGS) $(SANITIZER) \
	-I tests/runtime/mock -I tests/runtime -I runtime -I tests/reference $(shell pkg-config --cflags criterion openblas) $(IMAGE_CFLAGS) $(ZLIB_CFLAGS)
LINK = $(CC) -g $(SANITIZER) $(LDFLAGS)
LIBRARIES = $(shell pkg-config --libs criterion openblas) $(IMAGE_LIBS) $(ZLIB_LIBS) -lpthread -lm

programs: $(PROGRAMS)
list:
	@echo $(PROGRAMS)
runtime-sources:
	@echo $(RUNTIME_C) runtime/data/image_none.c

$(PROGRAMS): $(OUT)/%: $(OBJ)/tests/%.o $(LIBRARY)
	@mkdir -p $(@D)
	$(LINK) -o $@ $^ $(LIBRARIES)

$(LIBRARY): $(LIBRARY_C:%.c=$(OBJ)/%.o)
	@rm -f $@
	$(AR) rcs $@ $^

$(OBJ)/%.o: %.c $(OBJ)/command
	@mkdir -p $(@D)
	$(COMPILE) -MMD -MP -c -o $@ $<

COMMAND := $(strip $(COMPILE) $(LINK))
ifneq ($(COMMAND),$(shell cat $(OBJ)/command 2>/dev/null))
$(OBJ)/command: FORCE
endif
$(OBJ)/command:
	@mkdir -p $(@D)
	@echo '$(COMMAND)' >$@

.PRECIOUS: $(OBJ)/%.o
-include $(shell find $(OBJ) -name '*.d' 2>/dev/null)
