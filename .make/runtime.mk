# What the runtime consists of (used by the other files here).
#
#   PROGRAM_NAMES   runtime/NAME.c has main
#   ROOMS           the folders of runtime/ that are wanted; all, if nobody said
#   RUNTIME_C       what programs are made of, but for what there are several of: pools, and readers of images

PROGRAM_NAMES := train eval predict import
ifndef ROOMS
ROOMS := $(patsubst runtime/%/,%,$(wildcard runtime/*/))
endif
RUNTIME_C := $(filter-out $(PROGRAM_NAMES:%=runtime/%.c) $(wildcard runtime/platform/pool*.c) runtime/data/image_library.c \
	runtime/data/image_none.c,$(wildcard runtime/*.c $(ROOMS:%=runtime/%/*.c)))

# zlib, where there is one: runtime/import/gunzip.c can do without.
ifeq ($(shell pkg-config --exists zlib 2>/dev/null && echo yes),yes)
ZLIB_CFLAGS := -DCASTNET_ZLIB $(patsubst -I%,-isystem %,$(shell pkg-config --cflags zlib))
ZLIB_LIBS := $(shell pkg-config --libs zlib)
endif

# The library for image files, gdk-pixbuf, where there is one.
# runtime/data/image_library.c needs it; runtime/data/image_none.c takes its place elsewhere.
ifeq ($(shell pkg-config --exists gdk-pixbuf-2.0 2>/dev/null && echo yes),yes)
IMAGE := data/image_library
IMAGE_CFLAGS := $(patsubst -I%,-isystem %,$(shell pkg-config --cflags gdk-pixbuf-2.0))
IMAGE_LIBS := $(shell pkg-config --libs gdk-pixbuf-2.0)
else
IMAGE := data/image_none
IMAGE_CFLAGS :=
IMAGE_LIBS :=
endif
