/* source.h - which images a program works on */
#ifndef SOURCE_H
#define SOURCE_H

#include <stdbool.h>

#include "data/records.h"
#include "error.h"
#include "options.h"

enum { SOURCE_TEXT_BYTES = 512 };

/* Reads --data, else the folder in the data set's variable ($CIFAR10_DIR), else its own
 * (build/data); or makes the built-in set for --synthetic. If neither folder is named and its own
 * has none of the set's files, fall_back decides between the built-in set, announced on stderr, and
 * an error. train may be NULL: only the test set is wanted. text says what it became. 0, or -1 and
 * an error; then both are empty. */
int source_read(const struct options *options, bool fall_back, struct dataset *train,
                struct dataset *test, char text[SOURCE_TEXT_BYTES], struct error *error);

/* The folder of the data: --data, else the set's variable, else its own. */
const char *source_folder(const struct options *options);

/* For who needs the folder only for what may lie in it: one that --data or the set's variable names
 * must be there and readable. 0, or -1 and an error. */
int source_check_folder(const struct options *options, struct error *error);

/* Whether it became the built-in set. text: from source_read. */
bool source_is_synthetic(const char *text);

/* The data set's name as a part of file names: the model's, or "synthetic" for the built-in set.
 * text: from source_read. */
const char *source_dataset(const char *text);

#endif
