/* outputs.c - see outputs.h */
#define _POSIX_C_SOURCE 200809L

#include "outputs.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "checkpoint.h"
#include "files.h"
#include "model.h"

static const char *const names[] = {
    "best.safetensors",   "last.safetensors", "log.csv",       "training_log.txt",
    "plots.gp",           "loss_curve.png",   "confusion.csv", "confusion.png",
    "training_plots.png", "classes.txt",      "confusion.gp",
};

/* MODEL_NAME_DATASET.safetensors, of any data set */
static bool is_result(const char *name)
{
    static const char prefix[] = MODEL_NAME "_", ending[] = ".safetensors";
    size_t length = strlen(name), least = sizeof prefix - 1 + sizeof ending - 1;

    return length > least && memcmp(name, prefix, sizeof prefix - 1) == 0 &&
           strcmp(name + length - (sizeof ending - 1), ending) == 0;
}

int outputs_result_path(char path[FILES_PATH_BYTES], const char *folder, const char *dataset,
                        struct error *error)
{
    char name[FILES_PATH_BYTES];

    snprintf(name, sizeof name, MODEL_NAME "_%s.safetensors", dataset);
    return files_join(path, folder, name, error);
}

static bool is_output(const char *name)
{
    int64_t step;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return is_result(name) || checkpoint_is_name(name, &step);
}

static int count_files(const char *folder, bool (*wanted)(const char *name))
{
    DIR *directory = opendir(folder);
    const struct dirent *entry;
    int count = 0;

    if (!directory)
        return 0;
    while ((entry = readdir(directory)))
        count += wanted(entry->d_name);
    closedir(directory);
    return count;
}

static bool is_checkpoint(const char *name)
{
    int64_t step;

    return checkpoint_is_name(name, &step);
}

/* Moves, or if to is NULL removes, the outputs in a folder. Returns how many, -1 and an error. */
static int sweep(const char *from, const char *to, struct error *error)
{
    char old_path[FILES_PATH_BYTES], new_path[FILES_PATH_BYTES];
    DIR *directory = opendir(from);
    const struct dirent *entry;
    int count = 0;

    if (!directory)
        return error_set(error, "%s: cannot read the folder: %s", from, strerror(errno));
    while (count >= 0 && (entry = readdir(directory))) {
        if (!is_output(entry->d_name))
            continue;
        if (files_join(old_path, from, entry->d_name, error) ||
            (to && files_join(new_path, to, entry->d_name, error)))
            count = -1;
        else if (to ? rename(old_path, new_path) : remove(old_path))
            count = error_set(error, "%s: cannot move: %s", old_path, strerror(errno));
        else
            count++;
    }
    closedir(directory);
    return count;
}

int outputs_set_aside(const char *folder, int *moved, struct error *error)
{
    char earlier[FILES_PATH_BYTES];

    *moved = 0;
    if (count_files(folder, is_checkpoint) == 0)
        return 0;
    if (files_join(earlier, folder, "earlier", error) || files_make_folder(earlier, error) ||
        sweep(earlier, NULL, error) < 0)
        return -1;
    *moved = sweep(folder, earlier, error);
    return *moved < 0 ? -1 : 0;
}
