/* A run's folder: whose it is, and what becomes of what was in it. */
#define _POSIX_C_SOURCE 200809L

#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "model.h"
#include "platform/folders.h"
#include "training/run_folder.h"

const struct model_recipe MODEL(recipe) = {.epochs = 20, .lr = 1e-3};

static char folder[] = "/tmp/castnet-outputs-XXXXXX";
static struct error error;

struct model_tensor MODEL(tensors)[MODEL_TENSORS];
const struct model_state MODEL(states)[MODEL_STATES];

void *MODEL(at)(struct model_context *context, size_t place)
{
    (void)context, (void)place;
    return NULL;
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

TestSuite(outputs, .init = make_folder, .fini = remove_folder, .timeout = 60);

static void put(const char *name, const char *text)
{
    char path[FILES_PATH_BYTES];
    FILE *file;

    cr_assert_eq(files_join(path, folder, name, &error), 0);
    file = fopen(path, "w");
    cr_assert_not_null(file);
    fputs(text, file);
    fclose(file);
}

/* Whether a file is there and holds the text. */
static int has(const char *name, const char *text)
{
    char path[FILES_PATH_BYTES], got[64] = "";
    FILE *file;

    cr_assert_eq(files_join(path, folder, name, &error), 0);
    if (!(file = fopen(path, "r")))
        return 0;
    got[fread(got, 1, sizeof got - 1, file)] = '\0';
    fclose(file);
    return strcmp(got, text) == 0;
}

static void set_aside(enum run_folder_kind kind, int files, int folders)
{
    struct run_folder_earlier earlier;

    cr_assert_eq(run_folder_set_aside(folder, kind, &earlier, &error), 0, "%s", error.text);
    cr_expect_eq(earlier.files, files, "%d files", earlier.files);
    cr_expect_eq(earlier.folders, folders, "%d folders", earlier.folders);
}

Test(outputs, of_every_run_before_stay)
{
    char weights[] = "1";

    put("mine.txt", "mine");
    set_aside(RUN_FOLDER_RUN, 0, 0);
    for (; weights[0] < '4'; weights[0]++) {
        put("best.safetensors", weights);
        set_aside(RUN_FOLDER_RUN, 1, weights[0] - '0');
    }
    cr_expect(has("earlier-1/best.safetensors", "1"));
    cr_expect(has("earlier-2/best.safetensors", "2"));
    cr_expect(has("earlier-3/best.safetensors", "3"));
    cr_expect(has("mine.txt", "mine"));
    set_aside(RUN_FOLDER_RUN, 0, 0);
}

Test(outputs, of_any_kind_count)
{
    static const char *const names[] = {"last.safetensors",   "log.csv",
                                        "training_log.txt",   "checkpoint-00000007.castnet",
                                        "plots.gp",           "loss_curve.png",
                                        "training_plots.png", "confusion.csv",
                                        "confusion.png",      "mock_any.safetensors",
                                        "mock_any.pth",       "best.pth"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        put(names[i], "x");
        set_aside(RUN_FOLDER_RUN, 1, (int)i + 1);
    }
    put("runs.csv", "x");
    set_aside(RUN_FOLDER_RUN, 0, 0);
    set_aside(RUN_FOLDER_RUNS, 1, (int)(sizeof names / sizeof *names) + 1);
}

/* A number is not taken again, also where folders before it went, or have the name they once had.
 */
Test(outputs, folders_are_numbered_after_the_last)
{
    char path[FILES_PATH_BYTES];

    snprintf(path, sizeof path, "%s/earlier", folder);
    cr_assert_eq(folders_make(path, &error), 0);
    put("earlier/log.csv", "old");
    snprintf(path, sizeof path, "%s/earlier-7", folder);
    cr_assert_eq(folders_make(path, &error), 0);
    put("log.csv", "new");
    set_aside(RUN_FOLDER_RUN, 1, 3);
    cr_expect(has("earlier-8/log.csv", "new"));
    cr_expect(has("earlier/log.csv", "old"));
}

/* A link to where a folder was moved to has its number, too. */
Test(outputs, folders_are_numbered_after_links)
{
    char path[FILES_PATH_BYTES];

    snprintf(path, sizeof path, "%s/earlier-7", folder);
    cr_assert_eq(symlink("elsewhere", path), 0);
    put("log.csv", "new");
    set_aside(RUN_FOLDER_RUN, 1, 1);
    cr_expect(has("earlier-8/log.csv", "new"));
}

Test(outputs, half_moved_by_a_killed_run_are_moved_on)
{
    char path[FILES_PATH_BYTES];

    snprintf(path, sizeof path, "%s/earlier.part", folder);
    cr_assert_eq(folders_make(path, &error), 0);
    put("earlier.part/best.safetensors", "best");
    put("log.csv", "log");
    set_aside(RUN_FOLDER_RUN, 1, 1);
    cr_expect(has("earlier-1/best.safetensors", "best") && has("earlier-1/log.csv", "log"));
    cr_expect_eq(access(path, F_OK), -1);
}

Test(outputs, left_half_written_go_and_others_stay)
{
    static const char *const left[] = {"log.csv.123.part", "checkpoint-00000009.castnet.4-5.part",
                                       "best.safetensors.part", ".loss_curve.png.77.part",
                                       "runs.csv.1.part"};
    static const char *const others[] = {"mine.txt.123.part", "log.csv.part.bak", ".part",
                                         "log.csv"};
    struct files_aside living = {0};
    char path[FILES_PATH_BYTES];
    FILE *lock = NULL;
    int ready[2];
    char byte;
    pid_t child;

    for (size_t i = 0; i < sizeof left / sizeof *left; i++)
        put(left[i], "x");
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        put(others[i], "x");
    cr_assert_eq(files_join(path, folder, "last.safetensors", &error), 0);
    cr_assert_eq(pipe(ready), 0);
    if ((child = fork()) == 0) {
        _exit(files_open_aside(&living, path, &error) || write(ready[1], "", 1) != 1 || pause());
    }
    cr_assert_eq(read(ready[0], &byte, 1), 1);
    cr_assert_eq(run_folder_open(folder, &lock, &error), 0, "%s", error.text);
    for (size_t i = 0; i < sizeof left / sizeof *left; i++)
        cr_expect_not(has(left[i], "x"), "%s", left[i]);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        cr_expect(has(others[i], "x"), "%s", others[i]);
    snprintf(path, sizeof path, "%s/last.safetensors.%ld.part", folder, (long)child);
    cr_expect_eq(access(path, F_OK), 0, "what a living process writes stays");
    cr_assert_eq(files_join(path, folder, "last.safetensors", &error), 0);
    cr_assert_eq(files_open_aside(&living, path, &error), 0, "%s", error.text);
    cr_expect_eq(files_commit(&living, &error), 0);
    snprintf(path, sizeof path, "%s/last.safetensors.%ld.part", folder, (long)child);
    cr_expect_eq(access(path, F_OK), 0, "also where another writes the same file");
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    cr_assert_eq(files_join(path, folder, "last.safetensors", &error), 0);
    cr_assert_eq(files_open_aside(&living, path, &error), 0, "%s", error.text);
    files_abandon(&living);
    snprintf(path, sizeof path, "%s/last.safetensors.%ld.part", folder, (long)child);
    cr_expect_eq(access(path, F_OK), -1, "what it left goes");
    fclose(lock);
}

/* A folder is one process's until it dies, in whatever way. */
Test(outputs, folder_belongs_to_one_process)
{
    FILE *lock = NULL;
    char process[32], byte;
    int ready[2];
    pid_t child;

    cr_assert_eq(pipe(ready), 0);
    if ((child = fork()) == 0) {
        _exit(run_folder_open(folder, &lock, &error) || write(ready[1], "", 1) != 1 || pause());
    }
    cr_assert_eq(read(ready[0], &byte, 1), 1);
    cr_expect_eq(run_folder_open(folder, &lock, &error), -1);
    snprintf(process, sizeof process, ": process %ld trains", (long)child);
    cr_expect_not_null(strstr(error.text, process), "%s", error.text);
    if (lock)
        fclose(lock);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    cr_expect_eq(run_folder_open(folder, &lock, &error), 0, "%s", error.text);
    fclose(lock);
}

Test(outputs, a_file_that_would_be_overwritten_is_renamed)
{
    char path[FILES_PATH_BYTES], moved[FILES_PATH_BYTES];

    cr_assert_eq(files_join(path, folder, "steps.csv", &error), 0);
    cr_expect_eq(files_set_aside(path, moved, &error), 0);
    cr_expect_str_empty(moved);
    put("steps.csv", "");
    cr_expect_eq(files_set_aside(path, moved, &error), 0);
    cr_expect_str_empty(moved);
    put("steps.csv", "1");
    cr_expect_eq(files_set_aside(path, moved, &error), 0);
    put("steps.csv", "2");
    cr_expect_eq(files_set_aside(path, moved, &error), 0);
    cr_expect(has("steps.csv.earlier-1", "1") && has("steps.csv.earlier-2", "2"));
    cr_expect_eq(files_set_aside("/dev/null", moved, &error), 0);
    cr_expect_str_empty(moved);
}
