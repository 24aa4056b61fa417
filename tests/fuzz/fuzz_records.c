/* Data sets: any bytes as the one training file and the one test file, with one label byte a
 * record, or two, of which one is the class or both. Images are 3072 bytes, so the corpus begins
 * with a few whole records. */
#include <stdlib.h>

#include "data/records.h"
#include "fuzz.h"

static const char *const files[] = {"input"};

static struct model_data set_of(int label_bytes, int label_size)
{
    return (struct model_data){.name = "input",
                               .label_bytes = label_bytes,
                               .label = label_bytes - label_size,
                               .label_size = label_size,
                               .train_files = 1,
                               .test_files = 1,
                               .train = files,
                               .test = files};
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    static uint8_t records[2 * (2 + DATASET_IMAGE_BYTES)];

    (void)argc, (void)argv;
    fuzz_write("corpus/one-label", records, 2 * (1 + DATASET_IMAGE_BYTES));
    fuzz_write("corpus/two-labels", records, sizeof records);
    return 0;
}

static void read_as(const struct model_data *set, size_t size)
{
    struct dataset train = {0}, test = {0};
    struct error error;

    fuzz_memory_begin(fuzz_memory_of(size));
    if (records_read(set, ".", &train, &test, &error) == 0) {
        size_t record = (size_t)set->label_bytes + DATASET_IMAGE_BYTES;

        fuzz_require((size_t)train.count == size / record && size % record == 0,
                     "every record is read");
        for (int i = 0; i < train.count; i++)
            fuzz_require(train.labels[i] < MODEL_CLASSES, "labels are classes");
    }
    dataset_free(&train);
    dataset_free(&test);
    fuzz_memory_end();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct model_data one = set_of(1, 1), two = set_of(2, 1), wide = set_of(2, 2);

    fuzz_write("input", data, size);
    read_as(&one, size);
    read_as(&two, size);
    read_as(&wide, size);
    return 0;
}
