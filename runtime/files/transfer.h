/* transfer.h - what of a weight file became the start of a run, and what did not */
#ifndef TRANSFER_H
#define TRANSFER_H

#include <stdbool.h>
#include <stdint.h>

#include "model.h"
#include "show/console.h"

enum transfer_fate {
    TRANSFER_AFRESH, /* as initial_weights_draw made it */
    TRANSFER_TAKEN,  /* from the file */
    TRANSFER_ZEROED, /* num_batches_tracked, which the file does not have */
};

enum { TRANSFER_NAME_BYTES = 80 };

struct transfer {
    enum transfer_fate fates[MODEL_TENSORS];
    char prefix[TRANSFER_NAME_BYTES]; /* taken off the names of the file: "module."; or "" */
    uint64_t other_classes;           /* of the file's final layer, if that is not taken; else 0 */
    char (*ignored)[TRANSFER_NAME_BYTES]; /* printable: what the file has and the model has not */
    int ignored_count;
};

/* Whether training images make the tensor where no file brings it. */
bool transfer_is_whitened(int tensor);

/* How many tensors have this fate. */
int transfer_count(const struct transfer *transfer, enum transfer_fate fate);

/* Says so: on the console counts and the layers that the names begin with; in the log alone
 * a line for each tensor, too. */
void transfer_print(const struct transfer *transfer, const struct console *console);

void transfer_free(struct transfer *transfer);

#endif
