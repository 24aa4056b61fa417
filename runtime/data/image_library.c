/* image_library.c - see image_library.h; by gdk-pixbuf */
#include "data/image_library.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "data/image.h"

bool image_library_is_there(void)
{
    return true;
}

/* What becomes of a file while it is fed to the library. */
struct progress {
    int height, width; /* of the header; 0: it did not get so far */
    int rows;          /* drawn */
    int64_t most;      /* pixels that a file of its size can hold */
    bool is_too_large;
};

static void look_at_size(GdkPixbufLoader *loader, int width, int height, gpointer data)
{
    struct progress *progress = data;

    progress->height = height;
    progress->width = width;
    progress->is_too_large =
        (int64_t)width * height > IMAGE_PIXELS_MAX || (int64_t)width * height > progress->most;
    if (progress->is_too_large)
        gdk_pixbuf_loader_set_size(loader, 0, 0); /* a loader gives up at that */
}

static void look_at_rows(GdkPixbufLoader *loader, int x, int y, int width, int height,
                         gpointer data)
{
    struct progress *progress = data;

    (void)loader, (void)x, (void)width;
    if (progress->rows < y + height)
        progress->rows = y + height;
}

/* The library also writes to stderr; the line that we return says enough. */
static void keep_silent(const gchar *domain, GLogLevelFlags level, const gchar *message,
                        gpointer data)
{
    (void)domain, (void)level, (void)message, (void)data;
}

/* In small pieces up to the size, so that nothing is drawn of a picture that is too large; then
 * all at once, which spares a progressive JPEG the drawing of scans that the next one mends. */
static bool feed(GdkPixbufLoader *loader, const uint8_t *file, size_t bytes,
                 const struct progress *progress, GError **why)
{
    enum { PIECE = 1024 };

    while (bytes > 0 && !progress->is_too_large) {
        size_t n = progress->height || bytes < PIECE ? bytes : PIECE;

        if (!gdk_pixbuf_loader_write(loader, file, n, why))
            return false;
        file += n;
        bytes -= n;
    }
    return !progress->is_too_large;
}

/* The picture, or NULL. */
static GdkPixbuf *load(GdkPixbufLoader *loader, const uint8_t *file, size_t bytes,
                       struct progress *progress, GError **why)
{
    guint silent = g_log_set_handler("GdkPixbuf", G_LOG_LEVEL_MASK, keep_silent, NULL);
    GdkPixbuf *pixbuf = NULL;
    bool complete;

    g_signal_connect(loader, "size-prepared", G_CALLBACK(look_at_size), progress);
    g_signal_connect(loader, "area-updated", G_CALLBACK(look_at_rows), progress);
    complete = feed(loader, file, bytes, progress, why);
    /* a loader must be closed in any case; the first reason is the one to tell */
    complete &= gdk_pixbuf_loader_close(loader, complete ? why : NULL);
    if (complete && progress->rows >= progress->height)
        pixbuf = gdk_pixbuf_loader_get_pixbuf(loader);
    if (pixbuf)
        g_object_ref(pixbuf);
    g_log_remove_handler("GdkPixbuf", silent);
    return pixbuf;
}

static int complain(const struct progress *progress, const GError *why, struct error *error)
{
    if (progress->is_too_large && (int64_t)progress->width * progress->height <= IMAGE_PIXELS_MAX)
        return error_set(error, "%d x %d pixels cannot be in so small a file; fetch it again",
                         progress->width, progress->height);
    if (progress->is_too_large)
        return error_set(error, "%d x %d pixels; up to %d million are decoded, make it smaller",
                         progress->width, progress->height, IMAGE_PIXELS_MAX / 1000000);
    if (why)
        return error_set(error, "cannot decode the image: %s", why->message);
    if (progress->rows < progress->height)
        return error_set(error, "the image is cut short: %d of %d rows; fetch it again",
                         progress->rows, progress->height);
    return error_set(error, "no memory for %d x %d pixels; close other programs", progress->width,
                     progress->height);
}

int image_library_open(struct image_library_picture *out, const char *kind, const void *file,
                       size_t bytes, struct error *error)
{
    struct progress progress = {.most = IMAGE_PIXELS_A_BYTE * (int64_t)bytes};
    GError *why = NULL;
    GdkPixbufLoader *loader = gdk_pixbuf_loader_new_with_type(kind, &why);
    GdkPixbuf *pixbuf = loader ? load(loader, file, bytes, &progress, &why) : NULL;
    int result = 0;

    if (pixbuf)
        *out = (struct image_library_picture){
            .picture = {.pixels = gdk_pixbuf_read_pixels(pixbuf),
                        .down = gdk_pixbuf_get_rowstride(pixbuf),
                        .along = gdk_pixbuf_get_n_channels(pixbuf),
                        .height = gdk_pixbuf_get_height(pixbuf),
                        .width = gdk_pixbuf_get_width(pixbuf),
                        .samples = gdk_pixbuf_get_n_channels(pixbuf)},
            .owner = pixbuf,
        };
    else
        result = complain(&progress, why, error);
    g_clear_error(&why);
    g_clear_object(&loader);
    return result;
}

void image_library_close(struct image_library_picture *picture)
{
    g_object_unref(picture->owner);
}
