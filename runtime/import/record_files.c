/* record_files.c - see record_files.h */
#include "import/record_files.h"

#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "data/image.h"
#include "platform/clock.h"
#include "platform/files.h"
#include "platform/folders.h"
#include "platform/terminal.h"
#include "show/progress.h"

enum { TRAIN, TEST, CLASSES /* of pictures alone */, FILES };

struct making {
    const struct photos *photos; /* or */
    const struct idx_set *idx;
    int classes;
    const struct options_import *options;
    struct record_files *result;
    struct files_aside files[FILES];
    char paths[FILES][FILES_PATH_BYTES];
    uint8_t *image; /* [channels][height][width] */
    size_t plane;   /* its pixels */
    int *trained;   /* [classes]: images to train on */
    int *tested;    /* [classes]: and to test with */
    uint64_t sum[3], squares[3];
    int done, all;       /* files looked at */
    double begun, drawn; /* clock_seconds */
};

/* ---- progress ---- */

static void show_progress(struct making *making)
{
    enum { BAR = 30 };
    static const char full[] = "##############################",
                      rest[] = "..............................";
    double now = clock_seconds(), rate = making->done / (now - making->begun + 1e-9);
    int filled = (int)((int64_t)BAR * making->done / making->all);
    char left[32];

    if (making->options->quiet || !terminal_can_redraw(stderr) || now - making->drawn < 0.2)
        return;
    making->drawn = now;
    progress_format_time(left, sizeof left, (making->all - making->done) / rate);
    fprintf(stderr, "\r%3d %%  %.*s%.*s  %d of %d  %.0f files/s  %s left\033[K",
            (int)(100LL * making->done / making->all), filled, full, BAR - filled, rest,
            making->done, making->all, rate, left);
    fflush(stderr);
}

/* Takes the bar away, so that something else can be printed there. */
static void clear_progress(struct making *making)
{
    if (making->drawn > 0)
        fputs("\r\033[K", stderr);
    making->drawn = 0;
}

/* ---- images ---- */

static int decode(struct making *making, const char *path, struct error *error)
{
    const struct options_import *options = making->options;
    struct error why;
    uint8_t *bytes;
    size_t length;
    int result;

    if (files_read(path, IMAGE_FILE_BYTES_MAX, &bytes, &length, error))
        return -1;
    result = image_decode(making->image, options->channels, options->height, options->width, bytes,
                          length, &why);
    free(bytes);
    return result ? error_set(error, "%s: %s", path, why.text) : 0;
}

static void add_to_sums(struct making *making)
{
    for (int c = 0; c < making->options->channels; c++)
        for (size_t i = 0; i < making->plane; i++) {
            unsigned value = making->image[(size_t)c * making->plane + i];

            making->sum[c] += value;
            making->squares[c] += value * value;
        }
}

static int write_record(struct making *making, int file, int class, struct error *error)
{
    FILE *out = making->files[file].file;
    size_t bytes = making->plane * (size_t)making->options->channels;

    fputc(class & 255, out);
    if (making->classes > 256)
        fputc(class >> 8, out);
    if (fwrite(making->image, 1, bytes, out) == bytes)
        return 0;
    return error_set(error, "%s: cannot write: %s", making->paths[file], strerror(errno));
}

/* The image as a record. */
static int add_image(struct making *making, int file, int class, struct error *error)
{
    if (write_record(making, file, class, error))
        return -1;
    ++*(file == TRAIN ? &making->result->train : &making->result->test);
    ++(file == TRAIN ? making->trained : making->tested)[class];
    if (file == TRAIN)
        add_to_sums(making);
    return 0;
}

/* Whether the machine, not the picture, is why it can't be decoded: others would go the same way.
 */
static bool is_of_machine(int number)
{
    return number == EMFILE || number == ENFILE || number == ENOMEM;
}

/* Each picture that can be decoded. */
static int add_photos(struct making *making, int file, const struct photo_list *list,
                      struct error *error)
{
    struct error why;

    for (int i = 0; i < list->count; i++, making->done++) {
        const struct photo *photo = &list->photos[i];

        show_progress(making);
        errno = 0;
        if (decode(making, photo->path, &why)) {
            const bool is_fatal = is_of_machine(errno);

            clear_progress(making);
            if (is_fatal)
                return error_set(error, "%s", why.text);
            error_tell("%s; left out", why.text);
            making->result->refused++;
        } else if (add_image(making, file, photo->class, error)) {
            return -1;
        }
    }
    return 0;
}

static int add_idx(struct making *making, int file, struct error *error)
{
    const struct idx *images = &making->idx->images[file], *labels = &making->idx->labels[file];

    for (int i = 0; i < images->count; i++) {
        memcpy(making->image, images->values + (size_t)i * making->plane, making->plane);
        if (add_image(making, file, labels->values[i], error))
            return -1;
    }
    return 0;
}

static int add_set(struct making *making, int file, struct error *error)
{
    if (making->idx)
        return add_idx(making, file, error);
    return add_photos(making, file, file == TRAIN ? &making->photos->train : &making->photos->test,
                      error);
}

static int check_counts(const struct making *making, struct error *error)
{
    const char *folder = making->options->folder;

    for (int i = 0; i < making->classes; i++)
        if (!making->trained[i] && making->photos)
            return error_set(error,
                             "%s: class %s has no images to train on; add some, or move its "
                             "folder away",
                             folder, making->photos->classes[i]);
        else if (!making->trained[i])
            return error_set(error, "%s: class %d has no images to train on; fetch the files again",
                             folder, i);
    if (!making->result->test)
        return error_set(error, "%s: no images to test with; add some, or give a larger --split",
                         folder);
    return 0;
}

/* Accuracy says nothing of a class that isn't tested, which may be meant so. One line. */
static void tell_untested(const struct making *making)
{
    enum { NAMED = 4 };
    char names[NAMED * (PHOTOS_NAME_BYTES + 2) + 8] = "";
    int count = 0;

    for (int i = 0; i < making->classes; i++) {
        size_t length = strlen(names), room = sizeof names - length;
        const char *comma = count ? ", " : "";

        if (making->tested[i] || ++count > NAMED + 1)
            continue;
        if (count > NAMED)
            snprintf(names + length, room, ", ...");
        else if (making->photos)
            snprintf(names + length, room, "%s%s", comma, making->photos->classes[i]);
        else
            snprintf(names + length, room, "%s%d", comma, i);
    }
    if (count)
        error_tell("%s: %d of %d classes have no images to test with (%s), so accuracy will tell "
                   "nothing of them; add some%s",
                   making->options->folder, count, making->classes, names,
                   making->options->split > 0 ? ", or give a larger --split" : "");
}

/* Of a channel without any difference the deviation is 1: it divides. */
static void make_statistics(struct making *making)
{
    struct record_files *result = making->result;
    double n = (double)making->plane * result->train;

    for (int c = 0; c < making->options->channels; c++) {
        double mean = (double)making->sum[c] / n;
        double variance = (double)making->squares[c] / n - mean * mean;

        result->mean[c] = mean / 255;
        result->std[c] = variance > 1e-6 ? sqrt(variance) / 255 : 1;
    }
}

/* ---- the files ---- */

static int count_files(const struct making *making)
{
    return making->photos ? FILES : CLASSES;
}

static int open_files(struct making *making, struct error *error)
{
    static const char *const names[FILES] = {"train.bin", "test.bin", "classes.txt"};
    const char *out = making->options->out;

    if (folders_make(out, error))
        return -1;
    for (int i = 0; i < count_files(making); i++)
        if (files_join(making->paths[i], out, names[i], error) ||
            files_open_aside(&making->files[i], making->paths[i], error))
            return -1;
    return 0;
}

static int commit_files(struct making *making, struct error *error)
{
    for (int i = 0; i < count_files(making); i++)
        if (files_commit(&making->files[i], error))
            return -1;
    return 0;
}

static int make(struct making *making, struct error *error)
{
    if (open_files(making, error) || add_set(making, TRAIN, error) ||
        add_set(making, TEST, error) || check_counts(making, error))
        return -1;
    for (int i = 0; making->photos && i < making->classes; i++)
        fprintf(making->files[CLASSES].file, "%s\n", making->photos->classes[i]);
    make_statistics(making);
    if (commit_files(making, error))
        return -1;
    clear_progress(making);
    tell_untested(making);
    return 0;
}

static void close_making(struct making *making)
{
    clear_progress(making);
    for (int i = 0; i < FILES; i++)
        if (making->files[i].file)
            files_abandon(&making->files[i]);
    free(making->image);
    free(making->trained);
    free(making->tested);
}

/* Of some size, as stacks may be small; photos or idx is set, and classes. */
static struct making the_making;

static int run(struct record_files *result, const struct options_import *options,
               struct error *error)
{
    struct making *making = &the_making;
    int status;

    *result = (struct record_files){0};
    making->options = options;
    making->result = result;
    making->plane = (size_t)options->height * (size_t)options->width;
    making->image = malloc(making->plane * (size_t)options->channels);
    making->trained = calloc((size_t)making->classes, sizeof *making->trained);
    making->tested = calloc((size_t)making->classes, sizeof *making->tested);
    making->begun = clock_seconds();
    status = making->image && making->trained && making->tested
                 ? make(making, error)
                 : error_set(error, "no memory for an image; close other programs");
    close_making(making);
    return status;
}

int record_files_make(struct record_files *result, const struct photos *photos,
                      const struct options_import *options, struct error *error)
{
    the_making = (struct making){.photos = photos,
                                 .classes = photos->class_count,
                                 .all = photos->train.count + photos->test.count};
    return run(result, options, error);
}

int record_files_copy(struct record_files *result, const struct idx_set *set,
                      const struct options_import *options, struct error *error)
{
    the_making = (struct making){.idx = set, .classes = set->classes};
    return run(result, options, error);
}
