# What the runtime consists of (used by the other files here).
#
#   PROGRAM_NAMES   runtime/NAME.c has main
#   RUNTIME_C       what they are made of, but for what there are several of: pools, and readers of images

PROGRAM_NAMES := train eval predict
RUNTIME_C := $(filter-out $(PROGRAM_NAMES:%=runtime/%.c) $(wildcard runtime/pool*.c) runtime/image.c \
	runtime/image_none.c,$(wildcard runtime/*.c))

# Those of them that only a program with a training step is made of.
TRAINING_C := $(addprefix runtime/,$(addsuffix .c,augment checkpoint epochs init loader log mixup outputs plots \
	progress report resume run runs schedule signals split))

# The library for image files, gdk-pixbuf, where there is one.
# runtime/image.c needs it; runtime/image_none.c takes its place elsewhere.
ifeq ($(shell pkg-config --exists gdk-pixbuf-2.0 2>/dev/null && echo yes),yes)
IMAGE := image
IMAGE_CFLAGS := $(patsubst -I%,-isystem %,$(shell pkg-config --cflags gdk-pixbuf-2.0))
IMAGE_LIBS := $(shell pkg-config --libs gdk-pixbuf-2.0)
else
IMAGE := image_none
IMAGE_CFLAGS :=
IMAGE_LIBS :=
endif
