/* class_names.h - what the classes of a data set are called */
#ifndef CLASS_NAMES_H
#define CLASS_NAMES_H

#include "model.h"

enum { CLASS_NAME_BYTES = 24 };

/* names [MODEL_CLASSES] := those that the spec lists, else the lines of the set's file of names in
 * the folder. Numbers where there is neither, or the file has not MODEL_CLASSES names that are
 * printable, shorter than CLASS_NAME_BYTES and without what CSV or gnuplot would stumble on. */
void class_names_fill(char (*names)[CLASS_NAME_BYTES], const struct model_data *set,
                      const char *folder);

#endif
