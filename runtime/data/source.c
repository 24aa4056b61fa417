/* source.c - see source.h */

#include "data/source.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/synthetic.h"
#include "platform/folders.h"

/* Of the built-in set; not --seed, so that runs with other seeds compare on the same images. */
enum { SYNTHETIC_SEED = 1 };

static const char synthetic_text[] = "built-in synthetic set (drawn shapes, not ";

static int read_synthetic(struct dataset *train, struct dataset *test, char *text,
                          struct error *error)
{
    struct dataset unused = {0};
    int result = synthetic_make(SYNTHETIC_SEED, train ? train : &unused, test, error);

    dataset_free(&unused);
    snprintf(text, SOURCE_TEXT_BYTES, "%s%s)", synthetic_text, MODEL(data).name);
    return result;
}

const char *source_folder(const struct options *options)
{
    const char *folder = options->data ? options->data : getenv(MODEL(data).variable);

    return folder && *folder ? folder : MODEL(data).folder;
}

int source_check_folder(const struct options *options, struct error *error)
{
    const char *folder = source_folder(options);
    struct error cause;

    if (options->synthetic || folder == MODEL(data).folder)
        return 0;
    if (folders_each(folder, NULL, NULL, &cause))
        return error_set(error, "%s; correct %s", cause.text,
                         options->data ? "--data" : MODEL(data).variable);
    return 0;
}

int source_read(const struct options *options, bool fall_back, struct dataset *train,
                struct dataset *test, char text[SOURCE_TEXT_BYTES], struct error *error)
{
    const struct model_data *set = &MODEL(data);
    const char *folder = source_folder(options);

    if (options->synthetic)
        return read_synthetic(train, test, text, error);
    if (folder == set->folder && !records_are_in(set, folder)) {
        if (!fall_back)
            return error_set(error,
                             "no data in %s; name the folder of %s's files with --data DIR or %s",
                             folder, set->name, set->variable);
        error_tell("NO DATA in %s: using the BUILT-IN SYNTHETIC SET, which is NOT %s; name a "
                   "folder with --data DIR or %s",
                   folder, set->name, set->variable);
        return read_synthetic(train, test, text, error);
    }
    snprintf(text, SOURCE_TEXT_BYTES, "%s", folder);
    return records_read(set, folder, train, test, error);
}

bool source_is_synthetic(const char *text)
{
    return strncmp(text, synthetic_text, strlen(synthetic_text)) == 0;
}

const char *source_dataset(const char *text)
{
    return source_is_synthetic(text) ? "synthetic" : MODEL_DATASET;
}
