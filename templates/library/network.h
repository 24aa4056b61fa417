//- library/network.h: what a network in a program of someone's own has beside that of network.h: a part of it.
@(include "library/status.h")

/* The same as @(prefix)_open of memory with anything in it, its weights drawn as castnet's trainer draws those of `--seed`, to the
 * bit but where double logarithms and cosines round otherwise; before the first step. The optimiser, its settings and its
 * schedule's highest learning rate are the spec's. */
struct @(prefix) *@(prefix)_init(void *memory, uint64_t seed, const struct @(prefix)_host *host);

/* The same as @(prefix)_open_apart, with such weights. */
struct @(prefix) *@(prefix)_init_apart(void *state, void *work, uint64_t seed, const struct @(prefix)_host *host);

/* The settings of the optimiser, for a program that changes them; train_step sets lr and step. */
struct @(prefix)_hyper *@(prefix)_settings(struct @(prefix) *network);

#define @(PREFIX)_STACK_BYTES @(stack_bytes) /* no call takes more, compiled with optimisation; without it three times that */
#define @(PREFIX)_LEARNING_RATE @(learning_rate) /* the spec's */

/* One step with n images of the classes `labels`, @(PREFIX)_LEAST_IMAGES <= n <= @(PREFIX)_BATCH. images [n][channels][height][width].
 * *loss, where loss is not NULL: their mean loss before the step. Where it is not finite, weights stay as they are, but for
 * running statistics, and the status is @(PREFIX)_DAMAGED. */
enum @(prefix)_status @(prefix)_train_step(struct @(prefix) *network, const uint8_t *images, const @(label_type) *labels, int n, double lr,
                                           double *loss);

/* The logits of n images, n at least 1, @(PREFIX)_BATCH at a time, with running statistics. logits [n][@(PREFIX)_CLASSES]. */
enum @(prefix)_status @(prefix)_predict(struct @(prefix) *network, const uint8_t *images, int n, @(real) *logits);

/* Takes the values of a safetensors file of PyTorch's state_dict, `bytes` bytes at `file`, aligned or not, which is needed no
 * more then. All of it is checked before the first value is written; a safetensors file has no checksum, so that a number
 * which became another number is not seen. The optimiser's state stays. */
enum @(prefix)_status @(prefix)_load(struct @(prefix) *network, const void *file, size_t bytes);

#define @(PREFIX)_FILE_BYTES @(file_bytes)

/* Writes such a file to @(PREFIX)_FILE_BYTES bytes at `file`. */
enum @(prefix)_status @(prefix)_save(struct @(prefix) *network, void *file, size_t bytes);
