# The fuzz harnesses in C (used by tests/fuzz/run; run from the top folder). libFuzzer is clang's.
#
# tests/fuzz/fuzz_NAME.c becomes build/fuzz/fuzz_NAME, with all of runtime/ but the programs, against
# the made-up model of tests/runtime/mock/, under ASan and UBSan.
#
# Targets: programs (default), list (prints the programs' paths)

.DELETE_ON_ERROR:
.PHONY: programs list
MAKEFLAGS += --no-builtin-rules

FUZZ_CC ?= clang
include .make/values.mk
override OUT := $(BUILD)/fuzz
OBJ := $(OUT)/obj
PROGRAMS := $(patsubst tests/fuzz/%.c,$(OUT)/%,$(wildcard tests/fuzz/fuzz_*.c))
include .make/runtime.mk
LIBRARY_C := $(RUNTIME_C) runtime/platform/pool_serial.c runtime/$(IMAGE).c tests/fuzz/fuzz.c \
	 $(wildcard tests/runtime/mock/*.c)
SANITIZER := -fsanitize=address,undefined -fno-sanitize-recover=all
COMPILE = $(FUZZ_CC) -O1 -g -std=c11 -Wall -Wextra -Wpedantic -Wshadow $(SANITIZER) \
	-fsanitize=fuzzer-no-link -I tests/runtime/mock -I tests/runtime -I runtime -I tests/fuzz $(IMAGE_CFLAGS) $(ZLIB_CFLAGS)

programs: $(PROGRAMS)
list:
	@echo $(PROGRAMS)

$(PROGRAMS): $(OUT)/%: $(OBJ)/tests/fuzz/%.o $(OBJ)/library.a
	$(FUZZ_CC) -g $(SANITIZER) -fsanitize=fuzzer -o $@ $^ $(IMAGE_LIBS) $(ZLIB_LIBS) -lm

# Two networks of one spec, whose weights are small.
NETWORKS := $(OBJ)/inference/inferred $(OBJ)/library/learner
$(OUT)/fuzz_inference: $(NETWORKS:%=%.o)
$(OBJ)/tests/fuzz/fuzz_inference.o: $(NETWORKS:%=%.h)
$(OBJ)/tests/fuzz/fuzz_inference.o: COMPILE += -I $(OBJ)/inference -I $(OBJ)/library
$(NETWORKS:%=%.h): %.h: %.c ;
$(NETWORKS:%=%.c): tests/specs/ops/fixed_stores.lua $(shell find gen templates -name '*.lua' -o -name '*.[ch]')
	@mkdir -p $(@D)
	gen/castnet $< --as $(notdir $(@D)) --form two --target portable --batch 2 --prefix $(basename $(@F)) -o $(@D)
$(NETWORKS:%=%.o): %.o: %.c
	$(COMPILE) -std=c99 -c -o $@ $<

$(OBJ)/library.a: $(LIBRARY_C:%.c=$(OBJ)/%.o)
	@rm -f $@
	$(AR) rcs $@ $^

$(OBJ)/%.o: %.c
	@mkdir -p $(@D)
	$(COMPILE) -MMD -MP -c -o $@ $<

.PRECIOUS: $(OBJ)/%.o
-include $(shell find $(OBJ) -name '*.d' 2>/dev/null)
