/* folders.h - folders made and looked through */
#ifndef FOLDERS_H
#define FOLDERS_H

#include <stdbool.h>

#include "error.h"

/* Makes the folder and those above it (mkdir -p) and checks that it can be written to. 0, or -1 and
 * an error. */
int folders_make(const char *path, struct error *error);

bool folders_is(const char *path);

/* Whether two paths lead to one folder. */
bool folders_are_same(const char *one, const char *other);

/* Calls visit for everything in the folder, in no order, until one call does not return 0. That
 * value, or 0, as where visit is NULL; or -1 and an error where the folder cannot be read.
 * is_folder: a folder itself, not a link to one. */
int folders_each(const char *folder, int (*visit)(const char *name, bool is_folder, void *context),
                 void *context, struct error *error);

#endif
