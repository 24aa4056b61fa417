# The library for image files, gdk-pixbuf, where there is one (used by the other files here).
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
IMAGE_OTHER := $(if $(IMAGE_LIBS),image_none,image)
