/* Checkpoints of a small made-up state: kept, found, restored; damage of any byte is seen. */
#define _POSIX_C_SOURCE 200809L

#include <criterion/criterion.h>
#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files/crc32.h"
#include "training/checkpoint.h"
#include "training/recipe.h"

const struct model_recipe MODEL(recipe) = {.epochs = 20, .lr = 1e-3};

static float weights[5];
static int64_t counter;
static float squares[3] = {0, 1, 2};
static char folder[] = "/tmp/castnet-checkpoint-XXXXXX";
static struct error error;

/* Places of the tables: bytes into weights, then those of counter and squares. */
enum { WEIGHTS = 4, COUNTER = 100, SQUARES = 200 };

void *MODEL(at)(struct model_context *context, size_t place)
{
    (void)context;
    return place >= SQUARES   ? (char *)squares + (place - SQUARES)
           : place >= COUNTER ? (char *)&counter + (place - COUNTER)
                              : (char *)weights + (place - WEIGHTS);
}

/* Another first name makes it another model. */
struct model_tensor MODEL(tensors)[MODEL_TENSORS] = {
    {.name = "weight"},
    {.name = "bn.running_var", .rank = 1, .dims = {2}, .value = WEIGHTS + 3 * sizeof(float)},
    {.name = "bn.num_batches_tracked", .type = MODEL_I64, .value = COUNTER},
    {.name = "weight"},
    {.name = "weight"},
    {.name = "weight"},
};

const struct model_state MODEL(states)[MODEL_STATES] = {{"parameter", WEIGHTS, sizeof weights, 4},
                                                        {"counter", COUNTER, sizeof counter, 8},
                                                        {"exp_avg_sq", SQUARES, sizeof squares, 4}};

static char best[64]; /* the file of the best weights */

static void make_folder(void)
{
    cr_assert_not_null(mkdtemp(folder));
    snprintf(best, sizeof best, "%s/best.safetensors", folder);
}

static void remove_folder(void)
{
    char command[128];

    snprintf(command, sizeof command, "rm -rf %s", folder);
    cr_assert_eq(system(command), 0);
}

TestSuite(checkpoint, .init = make_folder, .fini = remove_folder, .timeout = 60);

/* The state after so many steps. */
static void set_state(int64_t step)
{
    for (int i = 0; i < 5; i++)
        weights[i] = (float)step + 0.125F * (float)i;
    counter = step;
}

/* A run of as many images as there can be, so that it reaches any step: where it is after so many.
 * Nothing is evaluated. */
static struct run_state after(int64_t step)
{
    const int64_t an_epoch = ((int64_t)INT_MAX + MODEL_BATCH - 1) / MODEL_BATCH;
    struct run_state at = {.step = step,
                           .epoch = step / an_epoch,
                           .batches = step % an_epoch,
                           .images = step % an_epoch * MODEL_BATCH,
                           .loss = 0.5 * (double)step,
                           .best_accuracy = -1,
                           .seed = 7,
                           .train_images = INT_MAX};

    recipe_save(&MODEL(recipe), at.numbers);
    return at;
}

static void save_at(const struct run_state *at)
{
    set_state(at->step);
    cr_assert_eq(checkpoint_save(folder, at, best, &error), 0, "%s", error.text);
}

static void save(int64_t step)
{
    const struct run_state at = after(step);

    save_at(&at);
}

static void path_of(char path[FILES_PATH_BYTES], int step)
{
    snprintf(path, FILES_PATH_BYTES, "%s/checkpoint-%08d.castnet", folder, step);
}

/* Finds and restores the checkpoint of that step. */
static void expect_newest(int64_t step)
{
    struct run_state checkpoint;
    char path[FILES_PATH_BYTES];

    set_state(0);
    cr_assert_eq(checkpoint_find(folder, &checkpoint, path, &error), CHECKPOINT_FOUND, "%s",
                 error.text);
    cr_expect_eq(checkpoint.step, step);
    cr_expect_eq(checkpoint.loss, 0.5 * (double)step);
    cr_expect_eq(checkpoint.seed, 7);
    cr_assert_eq(checkpoint_restore(path, best, &error), 0, "%s", error.text);
    cr_expect_eq(counter, step);
    for (int i = 0; i < 5; i++)
        cr_expect_eq(weights[i], (float)step + 0.125F * (float)i);
}

Test(checkpoint, none_in_an_empty_or_missing_folder)
{
    struct run_state checkpoint;
    char path[FILES_PATH_BYTES];

    cr_expect_eq(checkpoint_find(folder, &checkpoint, path, &error), CHECKPOINT_NONE);
    cr_expect_eq(checkpoint_find("/nonexistent", &checkpoint, path, &error), CHECKPOINT_NONE);
}

Test(checkpoint, the_last_two_are_kept)
{
    char path[FILES_PATH_BYTES];
    struct stat status;

    for (int step = 98; step <= 101; step++)
        save(step);
    for (int step = 98; step <= 101; step++) {
        path_of(path, step);
        cr_expect_eq(stat(path, &status) == 0, step >= 100, "%s", path);
    }
    expect_newest(101);
    unlink(path);
    expect_newest(100);
}

Test(checkpoint, steps_beyond_the_digits_of_a_name)
{
    save(99999999);
    save(100000000);
    expect_newest(100000000);
}

/* A file of another length whose checksum fits: not the trainer's own, and not taken for whole. */
Test(checkpoint, a_length_that_the_header_does_not_say_is_damage)
{
    static char bytes[1 << 16];
    struct run_state checkpoint;
    char path[FILES_PATH_BYTES];
    FILE *file;
    size_t size;
    uint32_t crc;

    save(1);
    path_of(path, 1);
    file = fopen(path, "r+b");
    cr_assert_not_null(file);
    size = fread(bytes, 1, sizeof bytes, file);
    crc = crc32_add(0, bytes, size); /* of the old checksum as well: four bytes of state too many */
    cr_assert_eq(fseek(file, 0, SEEK_END), 0);
    cr_assert_eq(fwrite(&crc, sizeof crc, 1, file), 1);
    fclose(file);
    cr_expect_eq(checkpoint_find(folder, &checkpoint, path, &error), -1);
    cr_expect(strstr(error.text, "another number of bytes") != NULL, "%s", error.text);
}

/* Each byte of the newest changed: found out, and the one before taken. */
Test(checkpoint, any_flipped_byte_is_seen)
{
    char path[FILES_PATH_BYTES];
    FILE *file;
    long size;

    save(1);
    save(2);
    path_of(path, 2);
    file = fopen(path, "r+b");
    cr_assert_not_null(file);
    setvbuf(file, NULL, _IONBF, 0);
    fseek(file, 0, SEEK_END);
    size = ftell(file);
    cr_assert_not_null(freopen("/dev/null", "w", stderr));
    for (long at = 0; at < size; at++) {
        int byte;

        fseek(file, at, SEEK_SET);
        byte = getc(file);
        fseek(file, at, SEEK_SET);
        putc(byte ^ 1 << at % 8, file);
        expect_newest(1);
        fseek(file, at, SEEK_SET);
        putc(byte, file);
    }
    fclose(file);
    expect_newest(2);
}

Test(checkpoint, any_shorter_file_is_seen)
{
    char path[FILES_PATH_BYTES];
    struct stat status;

    save(1);
    save(2);
    path_of(path, 2);
    cr_assert_eq(stat(path, &status), 0);
    cr_assert_not_null(freopen("/dev/null", "w", stderr));
    for (off_t size = status.st_size - 1; size >= 0; size--) {
        cr_assert_eq(truncate(path, size), 0);
        expect_newest(1);
    }
}

Test(checkpoint, another_models_is_refused_and_an_older_one_offered)
{
    struct run_state checkpoint;
    char path[FILES_PATH_BYTES];

    save(1);
    MODEL(tensors)[0].name = "kernel";
    save(2);
    MODEL(tensors)[0].name = "weight";
    cr_expect_eq(checkpoint_find(folder, &checkpoint, path, &error), -1);
    cr_expect_not_null(
        strstr(error.text, "00000002.castnet: is of another model: castnet laid out its memory"),
        "%s", error.text);
    cr_expect_not_null(strstr(error.text, "checkpoint-00000001.castnet is of this one"), "%s",
                       error.text);
    path_of(path, 1);
    remove(path);
    cr_expect_eq(checkpoint_find(folder, &checkpoint, path, &error), -1);
    cr_expect_null(strstr(error.text, "is of this one"), "%s", error.text);
}

static void expect_newest_step(int64_t step)
{
    struct run_state found;
    char path[FILES_PATH_BYTES];

    cr_assert_eq(checkpoint_find(folder, &found, path, &error), CHECKPOINT_FOUND, "%s", error.text);
    cr_expect_eq(found.step, step);
}

/* ---- numbers that no run reaches, under a right checksum ---- */

/* What the best weights are to the test: a safetensors file of one value. */
static void write_best(float value)
{
    static const char header[] =
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}  ";
    const uint64_t length = sizeof header - 1;
    FILE *file = fopen(best, "w");

    cr_assert_not_null(file);
    cr_assert(fwrite(&length, 8, 1, file) == 1 && fwrite(header, length, 1, file) == 1 &&
              fwrite(&value, sizeof value, 1, file) == 1);
    fclose(file);
}

/* In the third epoch of a run on 384 images, of which 84 are held out: three batches an epoch. */
static struct run_state in_epoch_3(void)
{
    struct run_state at = {.step = 7,
                           .epoch = 2,
                           .batches = 1,
                           .loss = 200,
                           .correct = 100,
                           .images = 128,
                           .seconds = 3,
                           .last_lr = 1e-3,
                           .run_seconds = 30,
                           .best_accuracy = 42.0 / 84,
                           .best_test_accuracy = 0.75,
                           .best_epoch = 1,
                           .final_accuracy = 21.0 / 84,
                           .final_test_accuracy = 0.5,
                           .final_epoch = 2,
                           .seed = 7,
                           .augment = 1,
                           .shuffle = 1,
                           .evaluate = 1,
                           .val_split = 84,
                           .train_images = 384,
                           .test_images = 100};

    recipe_save(&MODEL(recipe), at.numbers);
    return at;
}

static long file_size(FILE *file)
{
    cr_assert_eq(fseek(file, 0, SEEK_END), 0);
    return ftell(file);
}

/* Puts bytes into the file of step 7 at that place, counted from its end if below 0, with a right
 * checksum. */
static void change(long place, const void *bytes, size_t count)
{
    static char whole[1 << 16];
    char path[FILES_PATH_BYTES];
    FILE *file;
    size_t size;
    uint32_t crc;

    path_of(path, 7);
    file = fopen(path, "r+b");
    cr_assert_not_null(file);
    size = (size_t)file_size(file);
    rewind(file);
    cr_assert_eq(fread(whole, 1, size, file), size);
    memcpy(whole + (place < 0 ? (long)size + place : place), bytes, count);
    crc = crc32_add(0, whole, size - sizeof crc);
    memcpy(whole + size - sizeof crc, &crc, sizeof crc);
    rewind(file);
    cr_assert_eq(fwrite(whole, 1, size, file), size);
    fclose(file);
}

/* Where struct run_state lies in the file of step 7. */
static long place_of_members(const struct run_state *at)
{
    static char whole[1 << 16];
    char path[FILES_PATH_BYTES];
    FILE *file;
    size_t size;

    path_of(path, 7);
    file = fopen(path, "rb");
    cr_assert_not_null(file);
    size = fread(whole, 1, sizeof whole, file);
    fclose(file);
    for (size_t i = 0; i + sizeof *at <= size; i++)
        if (memcmp(whole + i, at, sizeof *at) == 0)
            return (long)i;
    cr_assert_fail("the members are in the file");
    return -1;
}

/* What was said on stderr by checkpoint_find, which falls back to step 6. */
static void expect_the_one_before(const char *says)
{
    char told[] = "/tmp/castnet-told-XXXXXX", text[1024] = "", path[FILES_PATH_BYTES];
    struct run_state found;
    FILE *file;

    close(mkstemp(told));
    cr_assert_not_null(freopen(told, "w", stderr));
    cr_expect_eq(checkpoint_find(folder, &found, path, &error), CHECKPOINT_FOUND, "%s: %s", says,
                 error.text);
    fflush(stderr);
    file = fopen(told, "r");
    cr_assert_not_null(file);
    cr_expect(fread(text, 1, sizeof text - 1, file) > 0, "%s", says);
    fclose(file);
    unlink(told);
    cr_expect_eq(found.step, 6, "%s", says);
    cr_expect_not_null(strstr(text, says), "%s: %s", says, text);
    cr_expect_not_null(strstr(text, "00000007.castnet: its "), "%s", text);
    cr_expect_not_null(strstr(text, "; using the one before, "), "%s", text);
    cr_expect_eq(strchr(text, '\n') - text, (ptrdiff_t)strlen(text) - 1, "one line: %s", text);
}

#define INTEGER(member, value)                                                                     \
    {                                                                                              \
#member, offsetof(struct run_state, member), false, value, 0                               \
    }
#define REAL(member, value)                                                                        \
    {                                                                                              \
#member, offsetof(struct run_state, member), true, 0, value                                \
    }

static const struct {
    const char *member;
    size_t offset;
    bool is_real;
    int64_t integer;
    double real;
} impossible[] = {
    INTEGER(step, 8),
    INTEGER(step, -7),
    INTEGER(step, INT64_MAX),
    INTEGER(epoch, -1),
    INTEGER(epoch, 21),
    INTEGER(epoch, INT64_MIN),
    INTEGER(batches, -1),
    INTEGER(batches, 4),
    INTEGER(batches, INT64_MAX),
    REAL(loss, NAN),
    REAL(loss, -1),
    REAL(loss, INFINITY),
    REAL(loss, 1e300),
    INTEGER(correct, -1),
    INTEGER(correct, 129),
    INTEGER(images, 127),
    INTEGER(images, INT64_MAX),
    REAL(seconds, -1),
    REAL(seconds, NAN),
    REAL(seconds, 1e9),
    REAL(last_lr, NAN),
    REAL(last_lr, -1e-3),
    REAL(last_lr, INFINITY),
    REAL(run_seconds, -1),
    REAL(run_seconds, NAN),
    REAL(run_seconds, 1e300),
    REAL(best_accuracy, NAN),
    REAL(best_accuracy, 2),
    REAL(best_accuracy, -1),
    REAL(best_accuracy, 20.0 / 84), /* less than the last */
    REAL(best_accuracy, 0.501),     /* no whole number of images */
    REAL(best_test_accuracy, NAN),
    REAL(best_test_accuracy, 1.01),
    REAL(best_test_accuracy, 0.755),
    INTEGER(best_epoch, 0),
    INTEGER(best_epoch, 3),
    INTEGER(best_epoch, -1),
    REAL(final_accuracy, NAN),
    REAL(final_accuracy, -0.25),
    REAL(final_accuracy, 1.25),
    REAL(final_test_accuracy, NAN),
    REAL(final_test_accuracy, 7),
    INTEGER(final_epoch, 0),
    INTEGER(final_epoch, 3),
    INTEGER(augment, 2),
    INTEGER(augment, -1),
    INTEGER(shuffle, 2),
    INTEGER(evaluate, 7),
    INTEGER(synthetic, -1),
    INTEGER(val_split, -1),
    INTEGER(val_split, 384),
    INTEGER(val_split, INT64_MAX),
    INTEGER(train_images, 0),
    INTEGER(train_images, (int64_t)INT_MAX + 1),
    INTEGER(test_images, -1),
    INTEGER(test_images, INT64_MAX),
};

/* The checkpoint before it, at the end of the second epoch. */
static struct run_state save_two(void)
{
    struct run_state before = in_epoch_3(), at = before;

    before.step--;
    before.batches = before.correct = before.images = 0;
    before.loss = before.seconds = 0;
    write_best(1);
    save_at(&before);
    save_at(&at);
    return at;
}

Test(checkpoint, members_that_no_run_reaches_are_refused)
{
    const struct run_state at = save_two();
    const long members = place_of_members(&at);

    for (size_t i = 0; i < sizeof impossible / sizeof *impossible; i++) {
        const long place = members + (long)impossible[i].offset;
        const void *value = impossible[i].is_real ? (const void *)&impossible[i].real
                                                  : (const void *)&impossible[i].integer;
        char says[64];

        change(place, value, 8);
        snprintf(says, sizeof says, "its %s is ", impossible[i].member);
        expect_the_one_before(says);
        change(place, (const char *)&at + impossible[i].offset, 8);
    }
    expect_newest_step(7);
}

/* val_split without an evaluation, and one that makes another number of batches, are told by what
 * they no longer fit. */
Test(checkpoint, members_that_do_not_fit_each_other_are_refused)
{
    const struct run_state at = save_two();
    const long members = place_of_members(&at);
    const int64_t none = 0, other = 300;

    change(members + (long)offsetof(struct run_state, evaluate), &none, 8);
    expect_the_one_before("its val_split is 84, where a run has 0");
    change(members + (long)offsetof(struct run_state, evaluate), &at.evaluate, 8);
    change(members + (long)offsetof(struct run_state, val_split), &other, 8);
    expect_the_one_before("its step is 7, where a run has 3");
}

Test(checkpoint, numbers_that_no_recipe_has_are_refused)
{
    static const struct {
        int number;
        double value;
        const char *name;
    } wrong[] = {{0, 0, "epochs"},
                 {0, NAN, "epochs"},
                 {0, 1.5e6, "epochs"},
                 {1, NAN, "lr"},
                 {1, -1, "lr"},
                 {2, 2, "momentum"},
                 {3, 0.5, "base-momentum"},
                 {4, -1, "warmup"},
                 {5, -1, "lr-min"},
                 {6, 0.5, "crop-padding"},
                 {7, 3, "flip"}};
    const struct run_state at = save_two();
    const long members = place_of_members(&at) + (long)offsetof(struct run_state, numbers);

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char says[64];

        change(members + 8 * wrong[i].number, &wrong[i].value, 8);
        snprintf(says, sizeof says, "its number %s is none that a run can have", wrong[i].name);
        expect_the_one_before(says);
        change(members + 8 * wrong[i].number, &at.numbers[wrong[i].number], 8);
    }
    expect_newest_step(7);
}

/* The header's own sizes and texts, and of the state what cannot be below 0. */
Test(checkpoint, sizes_texts_and_states_that_no_run_has_are_refused)
{
    const struct run_state at = save_two();
    const long members = place_of_members(&at), end = members + (long)sizeof at;
    const float below = -1;
    const int64_t count = -1;

    change(end, &count, 8);
    expect_the_one_before("its state_bytes is ");
    save_two();
    change(end + 8, &count, 8);
    expect_the_one_before("its best_bytes is ");
    save_two();
    change(16, "another", 7);
    expect_the_one_before("its name, options, version or spec are not its model's");
    save_two();
    change(end + 16 + 4 * (long)sizeof below, &below, sizeof below);
    expect_the_one_before("its bn.running_var has -1");
    save_two();
    change(end + 16 + (long)sizeof weights, &count, sizeof count);
    expect_the_one_before("its bn.num_batches_tracked is -1");
    save_two();
    change(end + 16 + (long)(sizeof weights + sizeof counter), &below, sizeof below);
    expect_the_one_before("its exp_avg_sq has -1");
    save_two();
    change(end + 16 + (long)(sizeof weights + sizeof counter + sizeof squares) + 8, "]", 1);
    expect_the_one_before("its best weights are no safetensors file");
    save_two();
    expect_newest_step(7);
}

Test(checkpoint, of_another_step_than_its_name_is_refused)
{
    char from[FILES_PATH_BYTES], to[FILES_PATH_BYTES];
    struct run_state found;

    save_two();
    path_of(from, 7);
    path_of(to, 9);
    cr_assert_eq(rename(from, to), 0);
    cr_assert_not_null(freopen("/dev/null", "w", stderr));
    cr_expect_eq(checkpoint_find(folder, &found, to, &error), CHECKPOINT_FOUND);
    cr_expect_eq(found.step, 6);
}

/* What a checkpoint does not say of itself is that nothing was evaluated before it. */
Test(checkpoint, before_the_first_evaluation_there_are_no_results)
{
    static const struct {
        size_t offset;
        double value;
    } wrong[] = {{offsetof(struct run_state, best_accuracy), 0},
                 {offsetof(struct run_state, best_accuracy), NAN},
                 {offsetof(struct run_state, best_test_accuracy), 0.5},
                 {offsetof(struct run_state, final_accuracy), 0.5},
                 {offsetof(struct run_state, final_test_accuracy), NAN}};
    struct run_state at = in_epoch_3();

    at.step = at.batches = 1;
    at.epoch = at.best_epoch = at.final_epoch = 0;
    at.best_accuracy = -1;
    at.best_test_accuracy = at.final_accuracy = at.final_test_accuracy = 0;
    cr_expect_eq(run_state_check(&at, &error), 0, "%s", error.text);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct run_state changed = at;

        memcpy((char *)&changed + wrong[i].offset, &wrong[i].value, sizeof wrong[i].value);
        cr_expect_eq(run_state_check(&changed, &error), -1, "%zu", i);
    }
    at.best_epoch = 1;
    cr_expect_eq(run_state_check(&at, &error), -1);
}

Test(checkpoint, brings_the_best_weights_back)
{
    char path[FILES_PATH_BYTES];
    struct run_state found;
    float value = 0;
    FILE *file;

    save_two();
    for (int i = 0; i < 2; i++) {
        if (i == 0)
            cr_assert_eq(remove(best), 0);
        else
            write_best(2); /* of an epoch that the checkpoint does not know */
        cr_assert_eq(checkpoint_find(folder, &found, path, &error), CHECKPOINT_FOUND);
        cr_assert_eq(checkpoint_restore(path, best, &error), 0, "%s", error.text);
        file = fopen(best, "rb");
        cr_assert_not_null(file);
        cr_assert_eq(fseek(file, -(long)sizeof value, SEEK_END), 0);
        cr_expect(fread(&value, sizeof value, 1, file) == 1 && value == 1);
        fclose(file);
    }
}

Test(checkpoint, other_names_are_left_alone)
{
    static const char *const names[] = {"checkpoint-.castnet", "checkpoint-1.castnet.bak",
                                        "checkpoint-x1.castnet", "checkpoint--1.castnet",
                                        "checkpoint-99999999999999999999.castnet"};
    char path[FILES_PATH_BYTES];
    int64_t step;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        cr_expect_eq(checkpoint_is_name(names[i], &step), 0, "%s", names[i]);
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        fclose(fopen(path, "w"));
    }
    for (int i = 1; i <= 4; i++)
        save(i);
    expect_newest(4);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        cr_expect_eq(access(path, F_OK), 0, "%s", path);
    }
}

/* What a resumed run has refused is newer than all that it saves. */
Test(checkpoint, damaged_newer_ones_do_not_make_good_ones_go)
{
    char path[FILES_PATH_BYTES];

    for (int i = 0; i < 3; i++) {
        path_of(path, 1000 + i);
        fclose(fopen(path, "w"));
    }
    cr_assert_not_null(freopen("/dev/null", "w", stderr));
    for (int step = 1; step <= 4; step++) {
        save(step);
        expect_newest(step);
    }
    path_of(path, 3);
    cr_expect_eq(access(path, F_OK), 0);
    path_of(path, 1000);
    cr_expect_eq(access(path, F_OK), 0);
}

Test(checkpoint, data_sets_differ_in_any_byte)
{
    struct dataset train = {0}, test = {0};
    uint64_t whole;

    cr_assert_eq(dataset_extend(&train, 3, &error), 0);
    cr_assert_eq(dataset_extend(&test, 2, &error), 0);
    memset(train.images, 1, 3 * DATASET_IMAGE_BYTES);
    memset(test.images, 2, 2 * DATASET_IMAGE_BYTES);
    memset(train.labels, 3, 3);
    memset(test.labels, 4, 2);
    whole = checkpoint_data(&train, &test);
    cr_expect_eq(checkpoint_data(&train, &test), whole);
    train.images[5000] ^= 1;
    cr_expect_neq(checkpoint_data(&train, &test), whole);
    train.images[5000] ^= 1;
    test.labels[1] ^= 1;
    cr_expect_neq(checkpoint_data(&train, &test), whole);
    dataset_free(&train);
    dataset_free(&test);
}
