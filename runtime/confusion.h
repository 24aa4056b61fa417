/* confusion.h - which classes a model takes for which */
#ifndef CONFUSION_H
#define CONFUSION_H

#include "console.h"
#include "error.h"
#include "model.h"

enum { CONFUSION_NAME_BYTES = 24, CONFUSION_CLASSES_MAX = 256 };

struct confusion {
    int classes; /* 0: too many for a table, everything below does nothing */
    int *count;  /* [true class][predicted class] */
    char (*names)[CONFUSION_NAME_BYTES];
};

/* names: a line a class in the file names_path (batches.meta.txt of CIFAR-10); numbers where there
 * is no such file, or not of MODEL_CLASSES names. 0, or -1 and an error. */
int confusion_open(struct confusion *confusion, const char *names_path, struct error *error);

void confusion_clear(struct confusion *confusion);

/* Counts n images: logits [n][MODEL_CLASSES], the first of the largest is the prediction. */
void confusion_add(struct confusion *confusion, const float *logits, const unsigned char *labels,
                   int n);

/* The counts as CSV, a row a true class. 0, or -1 and an error. */
int confusion_save(const struct confusion *confusion, const char *path, struct error *error);

/* A line a class: images, recall, precision, what it is taken for most often. */
void confusion_print(const struct confusion *confusion, const struct console *console);

void confusion_close(struct confusion *confusion);

#endif
