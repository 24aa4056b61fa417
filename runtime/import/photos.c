/* photos.c - see photos.h */
#include "import/photos.h"

#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "data/rng.h"
#include "platform/files.h"
#include "platform/folders.h"
#include "utf8.h"

/* ---- lists of names ---- */

struct names {
    char **items;
    int count;
    struct error *error;
};

static void free_names(struct names *names)
{
    for (int i = 0; i < names->count; i++)
        free(names->items[i]);
    free(names->items);
    *names = (struct names){NULL, 0, NULL};
}

/* Room for one more of `count` things of `size` bytes: a power of two. NULL: no memory. */
static void *grow(void *items, int count, size_t size)
{
    if (count > 0 && (count & (count - 1)) != 0)
        return items;
    return count > INT_MAX / 2 ? NULL : realloc(items, (count ? 2 * (size_t)count : 1) * size);
}

static int add_name(struct names *names, const char *text)
{
    char **items = grow(names->items, names->count, sizeof *items);
    char *copy = malloc(strlen(text) + 1);

    if (items)
        names->items = items;
    if (!items || !copy) {
        free(copy);
        return error_set(names->error, "no memory for %d names; close other programs",
                         names->count + 1);
    }
    strcpy(copy, text);
    names->items[names->count++] = copy;
    return 0;
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void sort(struct names *names)
{
    if (names->count > 1)
        qsort(names->items, (size_t)names->count, sizeof *names->items, compare);
}

/* ---- folders ---- */

struct visit {
    const char *folder;
    struct names *files, *folders; /* their paths; NULL: not wanted */
    struct names *names;           /* of the folders alone; links to folders, too */
    struct error *error;
};

static int note(const char *name, bool is_folder, void *context)
{
    const struct visit *visit = context;
    char path[FILES_PATH_BYTES];

    if (name[0] == '.')
        return 0;
    if (files_join(path, visit->folder, name, visit->error))
        return -1;
    if (visit->names)
        return folders_is(path) ? add_name(visit->names, name) : 0;
    return add_name(is_folder ? visit->folders : visit->files, path);
}

/* names := the classes that have a folder in this one. */
static int read_classes(const char *folder, struct names *names, struct error *error)
{
    struct visit visit = {.folder = folder, .names = names, .error = error};

    names->error = error;
    if (folders_each(folder, note, &visit, error))
        return -1;
    sort(names);
    for (int i = 0; i < names->count; i++)
        if (!utf8_is_line(names->items[i]) || strlen(names->items[i]) >= PHOTOS_NAME_BYTES)
            return error_set(error,
                             "%s/%s: a class's name is UTF-8 without control characters; rename it",
                             folder, names->items[i]);
    if (names->count == 0)
        return error_set(error,
                         "%s: no folders of classes; wanted are %s/CLASS/..., a folder a class",
                         folder, folder);
    if (names->count > PHOTOS_CLASSES_MAX)
        return error_set(error, "%s: %d folders; up to %d classes are possible", folder,
                         names->count, PHOTOS_CLASSES_MAX);
    return 0;
}

/* files := all files below a folder, by their paths. */
static int read_files(const char *folder, struct names *files, struct error *error)
{
    struct names folders = {.error = error};
    struct visit visit = {.files = files, .folders = &folders, .error = error};
    int result = add_name(&folders, folder);

    files->error = error;
    for (int i = 0; result == 0 && i < folders.count; i++) {
        visit.folder = folders.items[i];
        result = folders_each(visit.folder, note, &visit, error);
    }
    free_names(&folders);
    sort(files);
    return result;
}

/* ---- the sets ---- */

/* Takes the path over. */
static int add_photo(struct photo_list *list, char **path, int class, struct error *error)
{
    struct photo *photos = grow(list->photos, list->count, sizeof *photos);

    if (!photos)
        return error_set(error, "no memory for %d images; close other programs", list->count + 1);
    list->photos = photos;
    list->photos[list->count++] = (struct photo){*path, class};
    *path = NULL;
    return 0;
}

static void free_list(struct photo_list *list)
{
    for (int i = 0; i < list->count; i++)
        free(list->photos[i].path);
    free(list->photos);
}

/* chosen[count] := which files of a class are to test with. order has the same room. */
static void choose(bool *chosen, int *order, int count, double split, uint64_t seed, int class)
{
    struct rng rng = rng_at(seed, RNG_SPLIT, (uint64_t) class);
    int tested = (int)fmin(floor(split * count + 0.5), count - 1);

    rng_permutation(&rng, order, count);
    for (int i = 0; i < count; i++)
        chosen[order[i]] = i < tested;
}

/* The files of a class, all to train on or with split > 0 some to test with. */
static int add_files(struct photo_list *to, struct photo_list *tested, struct names *files,
                     int class, double split, uint64_t seed, struct error *error)
{
    size_t room = (size_t)files->count + 1;
    bool *chosen = calloc(room, sizeof *chosen);
    int *order = calloc(room, sizeof *order);
    int result = chosen && order ? 0 : error_set(error, "no memory for %d files", files->count);

    if (result == 0 && split > 0)
        choose(chosen, order, files->count, split, seed, class);
    for (int i = 0; result == 0 && i < files->count; i++)
        result = add_photo(chosen[i] ? tested : to, &files->items[i], class, error);
    free(chosen);
    free(order);
    return result;
}

/* The files of a class in the folder of its set. */
static int add_class(struct photo_list *to, struct photo_list *tested, const char *folder,
                     const char *name, int class, double split, uint64_t seed, struct error *error)
{
    char path[FILES_PATH_BYTES];
    struct names files = {.error = error};
    int result = files_join(path, folder, name, error) || read_files(path, &files, error) ||
                 add_files(to, tested, &files, class, split, seed, error);

    free_names(&files);
    return result ? -1 : 0;
}

static int add_train(struct photos *photos, const char *folder, double split, uint64_t seed,
                     struct error *error)
{
    for (int i = 0; i < photos->class_count; i++)
        if (add_class(&photos->train, &photos->test, folder, photos->classes[i], i, split, seed,
                      error))
            return -1;
    return 0;
}

static int add_test(struct photos *photos, const char *train, const char *folder,
                    struct error *error)
{
    struct names names = {.error = error};
    int result = read_classes(folder, &names, error), class = 0;

    for (int i = 0; result == 0 && i < names.count; i++) {
        while (class < photos->class_count && strcmp(photos->classes[class], names.items[i]) < 0)
            class ++;
        if (class == photos->class_count || strcmp(photos->classes[class], names.items[i]) != 0)
            result = error_set(error,
                               "%s/%s: there is no %s/%s to train on; make one, or move it "
                               "away",
                               folder, names.items[i], train, names.items[i]);
        else
            result = add_class(&photos->test, NULL, folder, names.items[i], class, 0, 0, error);
    }
    free_names(&names);
    return result;
}

/* path := that of the set to test with, or "". */
static int find_test(char path[FILES_PATH_BYTES], const char *folder, struct error *error)
{
    static const char *const names[] = {"test", "valid", "val"};
    bool found = false;
    char other[FILES_PATH_BYTES];

    path[0] = '\0';
    for (int i = 0; i < 3; i++) {
        if (files_join(other, folder, names[i], error))
            return -1;
        if (!folders_is(other))
            continue;
        if (found)
            error_tell("%s is not used, as there is %s", other, path);
        else
            strcpy(path, other);
        found = true;
    }
    return 0;
}

static int check_split(const char *folder, bool has_train, bool has_test, double split,
                       struct error *error)
{
    if (has_test && !has_train)
        return error_set(error, "%s: has images to test with, but no train/ to train on", folder);
    if (has_test && split > 0)
        return error_set(error, "--split: %s has images to test with already; leave it out",
                         folder);
    if (!has_test && !(split > 0))
        return error_set(error,
                         "%s: has no train/ and test/ (or valid/); give --split 0.2 to test "
                         "with a fifth of each class",
                         folder);
    return 0;
}

/* train and test: room for the paths. */
static int find(struct photos *photos, const char *folder, char *train, char *test, double split,
                uint64_t seed, struct error *error)
{
    struct names names = {.error = error};
    bool has_train;

    if (files_join(train, folder, "train", error) || find_test(test, folder, error))
        return -1;
    has_train = folders_is(train);
    if (check_split(folder, has_train, test[0] != '\0', split, error))
        return -1;
    if (!has_train)
        strcpy(train, folder);
    if (read_classes(train, &names, error)) {
        free_names(&names);
        return -1;
    }
    photos->classes = names.items;
    photos->class_count = names.count;
    return add_train(photos, train, split, seed, error) ||
                   (test[0] && add_test(photos, train, test, error))
               ? -1
               : 0;
}

int photos_find(struct photos *photos, const char *folder, double split, uint64_t seed,
                struct error *error)
{
    char *paths = malloc(2 * FILES_PATH_BYTES);
    int result;

    *photos = (struct photos){0};
    if (!paths)
        return error_set(error, "no memory; close other programs");
    if (strlen(folder) >= FILES_PATH_BYTES)
        result = error_set(error, "path too long: %.60s...", folder);
    else
        result = find(photos, folder, paths, paths + FILES_PATH_BYTES, split, seed, error);
    free(paths);
    return result;
}

void photos_free(struct photos *photos)
{
    for (int i = 0; i < photos->class_count; i++)
        free(photos->classes[i]);
    free(photos->classes);
    free_list(&photos->train);
    free_list(&photos->test);
    *photos = (struct photos){0};
}
