/* class_names.h - what the classes of a data set are called */
#ifndef CLASS_NAMES_H
#define CLASS_NAMES_H

#include <stdbool.h>

#include "error.h"
#include "model.h"

enum { CLASS_NAME_BYTES = 256 /* with its 0; a folder's name fits */ };

/* names [MODEL_CLASSES] := those that the spec lists, else the lines of the set's file of names in
 * the folder; numbers, and *named false, where there is neither. 0, or -1 and an error: a file that
 * has not MODEL_CLASSES lines, each of 1 to CLASS_NAME_BYTES - 1 bytes of UTF-8 without control
 * characters. A byte order mark before them and empty lines at their end are no names. */
int class_names_read(char (*names)[CLASS_NAME_BYTES], bool *named, const struct model_data *set,
                     const char *folder, struct error *error);

#endif
