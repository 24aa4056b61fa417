/* predict.c - what a trained model takes images for: image files, and records of the test set */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "context.h"
#include "data/class_names.h"
#include "data/image.h"
#include "data/source.h"
#include "evaluation/probabilities.h"
#include "files/weights.h"
#include "model.h"
#include "options.h"
#include "platform/files.h"
#include "platform/pool.h"
#include "platform/program.h"

enum { SHOWN = MODEL_CLASSES < 3 ? MODEL_CLASSES : 3, NO_LABEL = -1 };

/* The images, whole before the first is looked at, so that each weight file is read once. */
struct images {
    uint8_t *pixels;                   /* [count][channels][height][width] */
    const char **names;                /* [count]: of the file; NULL for a record */
    int *records, *labels;             /* [count]: of a record */
    double *probabilities;             /* [count][classes] */
    double *own;                       /* the same, by one weight file */
    int count, refused;                /* read; told on stderr */
    char (*classes)[CLASS_NAME_BYTES]; /* what they are called */
    bool named;                        /* else they have numbers only */
};

static int allocate(struct images *images, int count, struct error *error)
{
    size_t n = (size_t)count;

    images->pixels = malloc(n * DATASET_IMAGE_BYTES);
    images->names = calloc(n, sizeof *images->names);
    images->records = calloc(n, sizeof *images->records);
    images->labels = calloc(n, sizeof *images->labels);
    images->classes = calloc(MODEL_CLASSES, sizeof *images->classes);
    images->probabilities = calloc(n * MODEL_CLASSES, sizeof *images->probabilities);
    images->own = calloc(n * MODEL_CLASSES, sizeof *images->own);
    if (!images->pixels || !images->names || !images->records || !images->labels ||
        !images->probabilities || !images->own || !images->classes)
        return error_set(error, "no memory for %d images; give fewer", count);
    return 0;
}

static void close_images(struct images *images)
{
    free(images->classes);
    free(images->pixels);
    free(images->names);
    free(images->records);
    free(images->labels);
    free(images->probabilities);
    free(images->own);
}

/* ---- where images come from ---- */

static int copy_records(struct images *images, const struct options *options,
                        const struct dataset *test, struct error *error)
{
    for (int i = 0; i < options->record_count; i++) {
        int record = options->records[i];

        if (record >= test->count)
            return error_set(error, "--record %d: the test set has records 0 to %d", record,
                             test->count - 1);
        memcpy(images->pixels + (size_t)images->count * DATASET_IMAGE_BYTES,
               test->images + (size_t)record * DATASET_IMAGE_BYTES, DATASET_IMAGE_BYTES);
        images->records[images->count] = record;
        images->labels[images->count++] = test->labels[record];
    }
    return 0;
}

static int read_class_names(struct images *images, const char *folder, struct error *error)
{
    return class_names_read(images->classes, &images->named, &MODEL(data), folder, error);
}

/* The records, and the names of the classes, which lie in the folder of the data. */
static int read_records(struct images *images, const struct options *options, struct error *error)
{
    char source[SOURCE_TEXT_BYTES];
    struct dataset test = {0};
    int result;

    if (!options->record_count)
        return source_check_folder(options, error) ||
                       read_class_names(images, source_folder(options), error)
                   ? -1
                   : 0;
    result = source_read(options, false, NULL, &test, source, error) ||
                     read_class_names(images, source, error) ||
                     copy_records(images, options, &test, error)
                 ? -1
                 : 0;
    dataset_free(&test);
    return result;
}

static int read_image(uint8_t *pixels, const char *path, struct error *error)
{
    struct error why;
    uint8_t *bytes;
    size_t length;
    int result = files_read(path, IMAGE_FILE_BYTES_MAX, &bytes, &length, error);

    if (result)
        return -1;
    result = image_decode(pixels, MODEL_CHANNELS, MODEL_HEIGHT, MODEL_WIDTH, bytes, length, &why);
    free(bytes);
    return result ? error_set(error, "%s: %s", path, why.text) : 0;
}

/* A file that cannot be read is told, and the others go on. */
static void read_images(struct images *images, const struct options *options)
{
    struct error error;

    for (int i = 0; i < options->image_count; i++) {
        const char *path = options->images[i];

        if (read_image(images->pixels + (size_t)images->count * DATASET_IMAGE_BYTES, path,
                       &error)) {
            error_tell("%s", error.text);
            images->refused++;
            continue;
        }
        images->names[images->count] = path;
        images->labels[images->count++] = NO_LABEL;
    }
}

/* ---- what they are ---- */

static int look(struct images *images, const struct options *options, struct error *error)
{
    size_t values = (size_t)images->count * MODEL_CLASSES;

    for (int i = 0; i < options->weight_files; i++) {
        if (weights_load_exact(options->weights[i], error))
            return -1;
        memset(images->own, 0, values * sizeof *images->own);
        probabilities_add(images->own, images->pixels, images->count);
        probabilities_average_views(images->own, images->pixels, images->count, options->tta, NULL);
        for (size_t j = 0; j < values; j++)
            images->probabilities[j] += images->own[j];
    }
    probabilities_scale(images->probabilities, images->count, 1.0 / options->weight_files);
    return 0;
}

static void print_class(const struct images *images, int class)
{
    printf(images->named ? "%s" : "class %s", images->classes[class]);
}

static void print_image(const struct images *images, int i)
{
    const double *p = images->probabilities + (size_t)i * MODEL_CLASSES;
    int best[SHOWN];

    if (images->names[i]) {
        error_print_name(images->names[i], stdout);
        putchar(':');
    } else {
        printf("record %d, ", images->records[i]);
        print_class(images, images->labels[i]);
        putchar(':');
    }
    probabilities_best(best, SHOWN, p);
    for (int k = 0; k < SHOWN; k++) {
        printf(k ? ", " : "  ");
        print_class(images, best[k]);
        printf(" %.2f %%", 100 * p[best[k]]);
    }
    putchar('\n');
}

static int run_on(struct images *images, const struct options *options, struct error *error)
{
    if (context_open(error))
        return -1;
    if (allocate(images, options->record_count + options->image_count, error) ||
        read_records(images, options, error) ||
        pool_start(options->threads ? options->threads : pool_available_cpus(), error))
        return -1;
    read_images(images, options);
    if (look(images, options, error))
        return -1;
    for (int i = 0; i < images->count; i++)
        print_image(images, i);
    return 0;
}

int main(int argc, char **argv)
{
    struct error error;
    struct options options;
    struct images images = {0};
    int result;

    program_begin(argv);
    result = options_parse_predict(&options, argc, argv, &error);
    if (result == OPTIONS_DONE)
        program_exit(EXIT_SUCCESS);
    if (result != OPTIONS_RUN || run_on(&images, &options, &error))
        program_fail(&error);
    pool_stop();
    close_images(&images);
    program_exit(images.refused ? EXIT_FAILURE : EXIT_SUCCESS);
}
