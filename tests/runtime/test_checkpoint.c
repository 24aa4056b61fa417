/* Checkpoints of a small made-up state: kept, found, restored; damage of any byte is seen. */
#define _POSIX_C_SOURCE 200809L

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "checkpoint.h"
#include "crc32.h"

const struct model_recipe MODEL(recipe) = {.epochs = 20, .lr = 1e-3};

static float weights[5];
static int64_t counter;
static const char *tensor_name = "weight"; /* another one makes it another model */
static struct model_tensor tensors[MODEL_TENSORS];
static char folder[] = "/tmp/castnet-checkpoint-XXXXXX";
static struct error error;

struct model_tensor *MODEL(tensors)(void)
{
    for (int i = 0; i < MODEL_TENSORS; i++)
        tensors[i].name = tensor_name;
    return tensors;
}

const struct model_state *MODEL(state)(int *count)
{
    static const struct model_state list[] = {{"parameter", weights, sizeof weights},
                                              {"counter", &counter, sizeof counter}};

    *count = 2;
    return list;
}

static void make_folder(void)
{
    cr_assert_not_null(mkdtemp(folder));
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

static void save(int64_t step)
{
    struct checkpoint checkpoint = {.step = step, .loss = 0.5 * (double)step, .seed = 7};

    set_state(step);
    cr_assert_eq(checkpoint_save(folder, &checkpoint, &error), 0, "%s", error.text);
}

static void path_of(char path[FILES_PATH_BYTES], int step)
{
    snprintf(path, FILES_PATH_BYTES, "%s/checkpoint-%08d.castnet", folder, step);
}

/* Finds and restores the checkpoint of that step. */
static void expect_newest(int64_t step)
{
    struct checkpoint checkpoint;
    char path[FILES_PATH_BYTES];

    set_state(-1);
    cr_assert_eq(checkpoint_find(folder, &checkpoint, path, &error), CHECKPOINT_FOUND, "%s",
                 error.text);
    cr_expect_eq(checkpoint.step, step);
    cr_expect_eq(checkpoint.loss, 0.5 * (double)step);
    cr_expect_eq(checkpoint.seed, 7);
    cr_assert_eq(checkpoint_restore(path, &error), 0, "%s", error.text);
    cr_expect_eq(counter, step);
    for (int i = 0; i < 5; i++)
        cr_expect_eq(weights[i], (float)step + 0.125F * (float)i);
}

Test(checkpoint, none_in_an_empty_or_missing_folder)
{
    struct checkpoint checkpoint;
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
    struct checkpoint checkpoint;
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
    struct checkpoint checkpoint;
    char path[FILES_PATH_BYTES];

    save(1);
    tensor_name = "kernel";
    save(2);
    tensor_name = "weight";
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
