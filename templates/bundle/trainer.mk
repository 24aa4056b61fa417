# Made by castnet @(version) from @(file) @(options).
# make: the program train.
CC ?= cc
CFLAGS ?= -O3
# Nothing is contracted, reordered or computed more exactly that the C doesn't say: the same bits at every level and by every compiler.
# gcc's -std=gnu99 rather than c99, which on s390x makes doubles of floats.
FLAGS := @(target_flags)
OBJECTS := $(patsubst %.c,%.o,$(wildcard model/*.c runtime/*.c runtime/*/*.c))

train: $(OBJECTS)
	$(CC) $(CFLAGS) $(FLAGS) -o $@ $(OBJECTS) @(libraries)
# What looks for the instructions before they are used has none of them.
runtime/platform/processor.o runtime/platform/program.o: private FLAGS :=
model/%.o: model/%.c
	$(CC) $(CFLAGS) $(FLAGS) -std=gnu99 -c -o $@ $<
runtime/%.o: runtime/%.c
	$(CC) $(CFLAGS) $(FLAGS) -std=gnu11 -I runtime -I model/runtime -c -o $@ $<
clean:
	rm -f train $(OBJECTS)
.PHONY: clean
