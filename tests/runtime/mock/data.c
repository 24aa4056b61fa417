/* The data set of the mock model: CIFAR-10, as castnet writes it where a spec says nothing; no
 * filters made of it. */
#include "model.h"

static const char *const data_train[] = {"data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin",
                                         "data_batch_4.bin", "data_batch_5.bin"};
static const char *const data_test[] = {"test_batch.bin"};

const struct model_data MODEL(data) = {
    .name = "CIFAR-10",
    .variable = "CIFAR10_DIR",
    .folder = "build/data",
    .label_bytes = 1,
    .label = 0,
    .label_size = 1,
    .records = 10000,
    .train_files = 5,
    .test_files = 1,
    .train = data_train,
    .test = data_test,
    .names_file = "batches.meta.txt",
    .names = NULL,
};

const struct model_whitening MODEL(whitening) = {.images = 0};
