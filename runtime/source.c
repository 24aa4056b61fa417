/* source.c - see source.h */
#define _POSIX_C_SOURCE 200809L

#include "source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "synthetic.h"

/* Of the built-in set; not --seed, so that runs with other seeds compare on the same images. */
enum { SYNTHETIC_SEED = 1 };

static const char default_folder[] = "build/data";
static const char synthetic_text[] = "built-in synthetic set (drawn shapes, not CIFAR-10)";

static int read_synthetic(struct dataset *train, struct dataset *test, char *text,
                          struct error *error)
{
    struct dataset unused = {0};
    int result = synthetic_make(SYNTHETIC_SEED, train ? train : &unused, test, error);

    dataset_free(&unused);
    snprintf(text, SOURCE_TEXT_BYTES, "%s", synthetic_text);
    return result;
}

const char *source_folder(const struct options *options)
{
    const char *folder = options->data ? options->data : getenv("CIFAR10_DIR");

    return folder && *folder ? folder : default_folder;
}

int source_read(const struct options *options, bool fall_back, struct dataset *train,
                struct dataset *test, char text[SOURCE_TEXT_BYTES], struct error *error)
{
    const char *folder = source_folder(options);

    if (options->synthetic)
        return read_synthetic(train, test, text, error);
    if (folder == default_folder) {
        if (access(folder, F_OK) != 0) {
            if (!fall_back)
                return error_set(error,
                                 "no data in %s; name the folder of the CIFAR-10 binary "
                                 "files with --data DIR or CIFAR10_DIR",
                                 folder);
            fprintf(stderr,
                    "castnet: NO DATA in %s: using the BUILT-IN SYNTHETIC SET, which is NOT "
                    "CIFAR-10; name a folder with --data DIR or CIFAR10_DIR\n",
                    folder);
            return read_synthetic(train, test, text, error);
        }
    }
    snprintf(text, SOURCE_TEXT_BYTES, "%s", folder);
    return cifar10_read(folder, train, test, error);
}

const char *source_dataset(const char *text)
{
    return strcmp(text, synthetic_text) == 0 ? "synthetic" : MODEL_DATASET;
}
