/* import.c - folders of pictures, or IDX files, become the files of a data set, and what a spec
 * says of it */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "import/idx.h"
#include "import/options_import.h"
#include "import/photos.h"
#include "import/record_files.h"
#include "platform/program.h"

static void print_list(const char *name, const double *values, int count)
{
    printf("%s = { ", name);
    for (int i = 0; i < count; i++)
        printf(i ? ", %.4f" : "%.4f", values[i]);
    fputs(" }", stdout);
}

/* What a spec says of the set, ready to be copied into one. */
static void print_tables(const struct options_import *options, const struct record_files *files,
                         int classes, bool named)
{
    printf("%s: %d images to train on and %d to test with, of %d classes\n\n", options->out,
           files->train, files->test, classes);
    printf("    input = { batch = 128, height = %d, width = %d, channels = %d,\n              ",
           options->height, options->width, options->channels);
    print_list("mean", files->mean, options->channels);
    fputs(", ", stdout);
    print_list("std", files->std, options->channels);
    printf(" },\n    data = { name = \"%s\", classes = %d, train = { \"train.bin\" }, test = { "
           "\"test.bin\" }%s },\n\n",
           options->name, classes, named ? ",\n             class_names = \"classes.txt\"" : "");
    printf(
        "In a copy of a spec from gen/specs/ these take the place of its input and data, and the "
        "last layer has out = %d.\n",
        classes);
}

/* MNIST's and the like: of their own size. */
static int run_idx(struct options_import *options, struct error *error)
{
    struct idx_set set = {0};
    struct record_files files;
    int result = idx_set_read(&set, options->folder, error);

    if (result == 0 && (options->size_given || options->split > 0))
        result = error_set(error,
                           "%s: has IDX files, whose images are %d x %d, and which to test "
                           "with; leave out --size, --channels and --split",
                           options->folder, set.images[0].height, set.images[0].width);
    if (result == 0) {
        options->height = set.images[0].height;
        options->width = set.images[0].width;
        options->channels = 1;
        result = record_files_copy(&files, &set, options, error);
    }
    if (result == 0)
        print_tables(options, &files, set.classes, false);
    idx_set_free(&set);
    return result;
}

static int run_photos(const struct options_import *options, struct error *error)
{
    struct photos photos = {0};
    struct record_files files;
    int result = photos_find(&photos, options->folder, options->split, options->seed, error) ||
                 record_files_make(&files, &photos, options, error);

    if (result == 0) {
        if (files.refused)
            error_tell("%d of %d files were left out", files.refused,
                       files.refused + files.train + files.test);
        print_tables(options, &files, photos.class_count, true);
    }
    photos_free(&photos);
    return result ? -1 : 0;
}

int main(int argc, char **argv)
{
    static struct options_import options; /* of some size, as stacks may be small */
    struct error error;
    int result;

    program_begin(argv);
    result = options_import_parse(&options, argc, argv, &error);
    if (result == OPTIONS_IMPORT_DONE)
        program_exit(EXIT_SUCCESS);
    if (result != OPTIONS_IMPORT_RUN ||
        (idx_is_in(options.folder) ? run_idx(&options, &error) : run_photos(&options, &error)))
        program_fail(&error);
    program_exit(EXIT_SUCCESS);
}
