/* run_folder.c - see run_folder.h */

#include "training/run_folder.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "model.h"
#include "platform/clock.h"
#include "platform/files.h"
#include "platform/folders.h"
#include "platform/process.h"
#include "training/checkpoint.h"

/* Of any version of castnet; a .pth is what `make export` writes beside the weights. */
static const char *const names[] = {
    "best.safetensors", "last.safetensors", "log.csv",       "training_log.txt",   "plots.gp",
    "loss_curve.png",   "confusion.csv",    "confusion.png", "training_plots.png", "classes.txt",
    "confusion.gp",     "best.pth",         "last.pth",      "classes.csv",        "run.json",
};

static const char lock_name[] = ".castnet.lock", table_name[] = "runs.csv";
static const char prefix[] = "earlier", moving[] = "earlier.part"; /* is renamed once it is whole */

static const double patience = 2; /* seconds */

/* MODEL_NAME_DATASET.safetensors, of any data set, and its .pth */
static bool is_result(const char *name)
{
    static const char model[] = MODEL_NAME "_";
    const char *ending = strrchr(name, '.');

    return strncmp(name, model, sizeof model - 1) == 0 && ending > name + sizeof model - 1 &&
           (strcmp(ending, ".safetensors") == 0 || strcmp(ending, ".pth") == 0);
}

int run_folder_result_path(char path[FILES_PATH_BYTES], const char *folder, const char *dataset,
                           struct error *error)
{
    char name[FILES_PATH_BYTES];

    snprintf(name, sizeof name, MODEL_NAME "_%s.safetensors", dataset);
    return files_join(path, folder, name, error);
}

static bool is_of_run(const char *name)
{
    int64_t step;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return is_result(name) || checkpoint_is_name(name, &step);
}

static bool is_of_runs(const char *name)
{
    return strcmp(name, table_name) == 0;
}

/* What is made under a name that is not yet there; gnuplot's begin with a dot. */
static bool is_made_here(const char *name)
{
    name += *name == '.';
    return is_of_run(name) || is_of_runs(name);
}

bool run_folder_has(const char *folder, const char *path)
{
    char above[FILES_PATH_BYTES];
    const char *base = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;

    snprintf(above, sizeof above, "%.*s.", (int)(base - path), path);
    return is_made_here(base) && folders_are_same(folder, above);
}

/* ---- whose folder it is ---- */

static int refuse(const char *folder, long holder, struct error *error)
{
    char who[40] = "another process";

    if (holder)
        snprintf(who, sizeof who, "process %ld", holder);
    return error_set(error, "%s: %s trains into this folder; wait for it, or give another --out",
                     folder, who);
}

/* A process that was killed a moment ago may still be going. */
static enum files_lock lock_soon(FILE *file, long *holder)
{
    double end = clock_seconds() + patience;
    enum files_lock result;

    while ((result = files_lock(file, holder)) == FILES_HELD && clock_seconds() < end)
        process_pause();
    return result;
}

int run_folder_open(const char *folder, FILE **lock, struct error *error)
{
    char path[FILES_PATH_BYTES];
    long holder;

    if (folders_make(folder, error) || files_join(path, folder, lock_name, error))
        return -1;
    *lock = files_open_log(path, true, error);
    if (!*lock)
        return -1;
    switch (lock_soon(*lock, &holder)) {
    case FILES_HELD:
        return refuse(folder, holder, error);
    case FILES_NO_LOCKS:
        error_tell("%s: there are no locks on this file system; let no other run use "
                   "this folder",
                   folder);
        return 0;
    default:
        files_remove_left(folder, is_made_here);
        return 0;
    }
}

/* ---- an earlier run's files ---- */

/* What is done with the files of a run, and how many there were. */
struct visit {
    const char *folder;
    bool (*is_wanted)(const char *name);
    int files;
    struct error *error;
};

static int count(const char *name, bool is_folder, void *context)
{
    struct visit *visit = context;

    visit->files += !is_folder && visit->is_wanted(name);
    return 0;
}

static int move(const char *name, bool is_folder, void *context)
{
    const struct visit *visit = context;
    char from[FILES_PATH_BYTES], to[FILES_PATH_BYTES];
    struct error *error = visit->error;

    if (is_folder || !visit->is_wanted(name))
        return 0;
    if (files_join(from, visit->folder, moving, error) || files_join(to, from, name, error) ||
        files_join(from, visit->folder, name, error))
        return -1;
    if (files_is_taken(to))
        return error_set(error, "%s: is there already; move it away", to);
    return rename(from, to) ? error_set(error, "%s: cannot move: %s", from, strerror(errno)) : 0;
}

/* The number of "earlier-12"; 0 of "earlier", as it was once called; -1 of anything else. */
static int number_of(const char *name)
{
    const char *digits = name + sizeof prefix;
    char *end;
    long number;

    if (strcmp(name, prefix) == 0)
        return 0;
    if (strncmp(name, prefix, sizeof prefix - 1) != 0 || name[sizeof prefix - 1] != '-' ||
        *digits < '1' || *digits > '9')
        return -1;
    errno = 0;
    number = strtol(digits, &end, 10);
    return *end || errno || number >= INT_MAX ? -1 : (int)number;
}

/* The folders of earlier runs. */
struct numbers {
    int count, largest;
};

static int note_number(const char *name, bool is_folder, void *context)
{
    struct numbers *numbers = context;
    int number = number_of(name);

    numbers->count += is_folder && number >= 0;
    if (number > numbers->largest) /* taken, whatever it is: a link, or a file */
        numbers->largest = number;
    return 0;
}

/* The folder of all that was moved gets its name. */
static int finish(const char *folder, struct run_folder_earlier *earlier, struct error *error)
{
    char from[FILES_PATH_BYTES], name[32];
    struct numbers numbers = {0};

    if (folders_each(folder, note_number, &numbers, error))
        return -1;
    earlier->folders = numbers.count + 1;
    snprintf(name, sizeof name, "%s-%d", prefix, numbers.largest + 1);
    if (files_join(from, folder, moving, error) || files_join(earlier->folder, folder, name, error))
        return -1;
    return rename(from, earlier->folder)
               ? error_set(error, "%s: cannot rename: %s", from, strerror(errno))
               : 0;
}

int run_folder_set_aside(const char *folder, enum run_folder_kind kind,
                         struct run_folder_earlier *earlier, struct error *error)
{
    struct visit visit = {folder, kind == RUN_FOLDER_RUN ? is_of_run : is_of_runs, 0, error};
    char *path = earlier->folder; /* until they are all there */

    memset(earlier, 0, sizeof *earlier);
    if (folders_each(folder, count, &visit, error) || files_join(path, folder, moving, error))
        return -1;
    if (visit.files == 0 && !files_is_there(path)) {
        *path = '\0';
        return 0;
    }
    if (folders_make(path, error) || folders_each(folder, move, &visit, error))
        return -1;
    earlier->files = visit.files;
    return finish(folder, earlier, error);
}
