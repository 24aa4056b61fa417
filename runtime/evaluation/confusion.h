/* confusion.h - which classes a model takes for which */
#ifndef CONFUSION_H
#define CONFUSION_H

#include "data/class_names.h"
#include "error.h"
#include "model.h"
#include "show/console.h"

enum {
    CONFUSION_CLASSES_MAX = 256,
    /* Of more classes than CONFUSION_LINES, the worst and the best are printed. */
    CONFUSION_LINES = 20,
    CONFUSION_WORST = 8,
    CONFUSION_BEST = 4
};

struct confusion {
    int classes; /* 0: too many for a table, everything below does nothing */
    int *count;  /* [true class][predicted class] */
    char (*names)[CLASS_NAME_BYTES];
};

/* folder: of the data, where a file with the names of the classes may be. 0, or -1 and an error. */
int confusion_open(struct confusion *confusion, const char *folder, struct error *error);

void confusion_clear(struct confusion *confusion);

/* Counts n images: logits [n][MODEL_CLASSES], the first of the largest is the prediction. */
void confusion_add(struct confusion *confusion, const float *logits, const model_label *labels,
                   int n);

/* The counts as CSV, a row a true class. 0, or -1 and an error. */
int confusion_save(const struct confusion *confusion, const char *path, struct error *error);

/* As CSV, a row a class: its images, how many were taken for it, and how many of those rightly;
 * recall and precision, fractions, empty where there is nothing to divide by. 0, or -1 and an
 * error. */
int confusion_save_classes(const struct confusion *confusion, const char *path,
                           struct error *error);

/* A line a class: images, recall, precision, what it is taken for most often. Of many classes only
 * those with the lowest and the highest recall. */
void confusion_print(const struct confusion *confusion, const struct console *console);

void confusion_close(struct confusion *confusion);

#endif
