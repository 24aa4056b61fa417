/* A network as a library: its first weights are the trainer's to the bit; it learns; what it saves
 * it loads, and so does another, whose state and work lie apart; damaged files are refused and
 * change nothing.
 *
 *   library FILE SEED      FILE: weights that the trainer drew with that seed, before any step */
#include "learner.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    IMAGE = LEARNER_CHANNELS * LEARNER_HEIGHT * LEARNER_WIDTH,
    STEPS = 60,
    COMPARED = 3, /* of them */
    N = LEARNER_BATCH
};

static _Alignas(64) unsigned char memory[LEARNER_BYTES], other_state[LEARNER_STATE_BYTES],
    other_work[LEARNER_WORK_BYTES], kept_memory[LEARNER_BYTES];
static unsigned char file[LEARNER_FILE_BYTES], other_file[LEARNER_FILE_BYTES + 64];
static uint8_t images[N * IMAGE], labels[N];
static float logits[N * LEARNER_CLASSES], other_logits[N * LEARNER_CLASSES];
static uint64_t state = 1;
static int failures;

static void expect(bool right, const char *what)
{
    if (!right) {
        failures++;
        printf("wrong: %s\n", what);
    }
}

static unsigned next(unsigned bound)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(state >> 33) % bound;
}

/* Images of one colour for each class, with noise. */
static void make_images(void)
{
    for (int i = 0; i < N; i++) {
        labels[i] = (uint8_t)next(LEARNER_CLASSES);
        for (int j = 0; j < IMAGE; j++)
            images[i * IMAGE + j] =
                (uint8_t)((labels[i] * 37 + j / 256 * 91) % 200 + (int)next(56));
    }
}

/* The float values of two files, whatever the order of their headers. */
static bool same_values(const unsigned char *a, const unsigned char *b, size_t bytes)
{
    return memcmp(a, b, bytes) == 0;
}

static void refuse(struct learner *c, size_t bytes, const char *what)
{
    memcpy(kept_memory, memory, sizeof memory);
    expect(learner_load(c, other_file, bytes) != LEARNER_OK, what);
    expect(memcmp(kept_memory, memory, sizeof memory) == 0, "what is refused changes nothing");
}

static void refuse_files(struct learner *c)
{
    memcpy(other_file, file, sizeof file);
    for (int i = 0; i < 30; i++) {
        refuse(c, next(sizeof file), "a file cut short");
        size_t at = next(2000);
        other_file[at] ^= (unsigned char)(1u << next(8));
        learner_load(c, other_file, sizeof file); /* whatever it says, it stays within its bounds */
        other_file[at] = file[at];
    }
    learner_load(c, file, sizeof file);
    memcpy(other_file + sizeof file - 4, "\xff\xff\xff\x7f", 4);
    refuse(c, sizeof file, "a value that is no number");
}

/* The first place of `text` in the header of other_file becomes `by`, which is as long. */
static void alter(const char *text, const char *by)
{
    const size_t length = strlen(text);
    unsigned char *at = other_file + 8;
    while (memcmp(at, text, length) != 0)
        at++;
    memcpy(at, by, length);
}

/* What no network reads may be there: masks, counts of any type. Other floats may not. */
static void load_what_is_ignored(struct learner *c)
{
    memcpy(other_file, file, sizeof file);
    alter("\"I64\"", "\"U64\"");
    expect(learner_load(c, other_file, sizeof file) == LEARNER_OK, "a count of another type");
    alter("\"U64\"", "\"F64\"");
    expect(learner_load(c, other_file, sizeof file) == LEARNER_OK, "a count of floats");
    alter("num_batches_tracked", "num_batches_tracker");
    refuse(c, sizeof file, "floats that are no tensor of this network");
    alter("\"F64\"", "\"I64\"");
    expect(learner_load(c, other_file, sizeof file) == LEARNER_OK, "numbers that are no floats");
}

int main(int argc, char **argv)
{
    double first = 0, loss = 0, loss_apart = 0;
    FILE *drawn = argc == 3 ? fopen(argv[1], "rb") : NULL;
    size_t bytes = drawn ? fread(other_file, 1, sizeof other_file, drawn) : 0;
    const uint64_t seed = argc == 3 ? strtoull(argv[2], NULL, 10) : 0;
    struct learner *c = learner_init(memory, seed, NULL);
    struct learner *other = learner_init_apart(other_state, other_work, seed, NULL);
    if (drawn)
        fclose(drawn);
    expect(c && learner_save(c, file, sizeof file) == LEARNER_OK, "weights are saved");
    expect(bytes == sizeof file && same_values(file + 8, other_file + 8, sizeof file - 8),
           "first weights are the trainer's");
    make_images();
    for (int i = 0; i < STEPS; i++) {
        expect(learner_train_step(c, images, labels, N, LEARNER_LEARNING_RATE, &loss) == LEARNER_OK,
               "a step");
        first = i == 0 ? loss : first;
        if (i < COMPARED)
            learner_train_step(other, images, labels, N, LEARNER_LEARNING_RATE, &loss_apart);
        expect(i >= COMPARED || loss_apart == loss, "the same step with state and work apart");
    }
    expect(loss < 0.75 * first, "it learns");
    expect(learner_predict(c, images, N, logits) == LEARNER_OK, "predictions");
    expect(learner_save(c, file, sizeof file) == LEARNER_OK, "trained weights are saved");
    expect(learner_load(other, file, sizeof file) == LEARNER_OK &&
               learner_predict(other, images, N, other_logits) == LEARNER_OK,
           "another loads them");
    expect(memcmp(logits, other_logits, sizeof logits) == 0, "and predicts the same bits");
    labels[0] = LEARNER_CLASSES;
    expect(learner_train_step(c, images, labels, N, 1e-3, NULL) == LEARNER_BAD_ARGUMENT,
           "a label that is none");
    expect(learner_save(c, file, sizeof file - 1) == LEARNER_TOO_SHORT, "no room for a file");
    expect(!learner_init(NULL, 1, NULL) && !learner_init(memory + 4, 1, NULL) &&
               !learner_init_apart(memory, NULL, 1, NULL),
           "memory that won't do");
    refuse_files(c);
    load_what_is_ignored(c);
    printf("loss %g, then %g\n", first, loss);
    return failures ? EXIT_FAILURE : EXIT_SUCCESS;
}
