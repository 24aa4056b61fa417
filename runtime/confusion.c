/* confusion.c - see confusion.h */
#include "confusion.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "files.h"

/* A name fit for CSV and for gnuplot. */
static bool read_name(FILE *file, char name[CONFUSION_NAME_BYTES])
{
    size_t length;

    if (!fgets(name, CONFUSION_NAME_BYTES, file))
        return false;
    length = strcspn(name, "\r\n");
    if (length == 0 || !name[length]) /* empty, or too long */
        return false;
    name[length] = '\0';
    for (const char *c = name; *c; c++)
        if (!isprint((unsigned char)*c) || strchr(",\"'\\", *c))
            return false;
    return true;
}

static bool read_names(struct confusion *confusion, const char *path)
{
    char rest[CONFUSION_NAME_BYTES];
    FILE *file = fopen(path, "r");
    bool complete = file != NULL;

    for (int i = 0; complete && i < confusion->classes; i++)
        complete = read_name(file, confusion->names[i]);
    if (complete)
        complete = !read_name(file, rest);
    if (file)
        fclose(file);
    return complete;
}

int confusion_open(struct confusion *confusion, const char *names_path, struct error *error)
{
    memset(confusion, 0, sizeof *confusion);
    if ((int)MODEL_CLASSES > (int)CONFUSION_CLASSES_MAX)
        return 0;
    confusion->count = calloc((size_t)MODEL_CLASSES * MODEL_CLASSES, sizeof *confusion->count);
    confusion->names = calloc(MODEL_CLASSES, sizeof *confusion->names);
    if (!confusion->count || !confusion->names) {
        confusion_close(confusion);
        return error_set(error, "out of memory for a table of %d classes", (int)MODEL_CLASSES);
    }
    confusion->classes = MODEL_CLASSES;
    if (!read_names(confusion, names_path))
        for (int i = 0; i < confusion->classes; i++)
            snprintf(confusion->names[i], CONFUSION_NAME_BYTES, "%d", i);
    return 0;
}

void confusion_clear(struct confusion *confusion)
{
    size_t classes = (size_t)confusion->classes;

    if (classes)
        memset(confusion->count, 0, classes * classes * sizeof *confusion->count);
}

void confusion_add(struct confusion *confusion, const float *logits, const unsigned char *labels,
                   int n)
{
    int classes = confusion->classes;

    for (int i = 0; classes && i < n; i++, logits += classes) {
        int best = 0;

        for (int c = 1; c < classes; c++)
            if (logits[c] > logits[best])
                best = c;
        confusion->count[labels[i] * classes + best]++;
    }
}

int confusion_save(const struct confusion *confusion, const char *path, struct error *error)
{
    struct files_aside aside = {0};
    int classes = confusion->classes;

    if (!classes)
        return 0;
    if (files_open_aside(&aside, path, error))
        return -1;
    fputs("true/predicted", aside.file);
    for (int c = 0; c < classes; c++)
        fprintf(aside.file, ",%s", confusion->names[c]);
    for (int row = 0; row < classes; row++) {
        fprintf(aside.file, "\n%s", confusion->names[row]);
        for (int c = 0; c < classes; c++)
            fprintf(aside.file, ",%d", confusion->count[row * classes + c]);
    }
    fputc('\n', aside.file);
    return files_commit(&aside, error);
}

/* Of one class. */
struct summary {
    int images, predicted, right;
    int mistaken; /* the class that it is most often taken for */
};

static struct summary summarize(const struct confusion *confusion, int class)
{
    int classes = confusion->classes;
    const int *row = confusion->count + class * classes;
    struct summary summary = {.right = row[class], .mistaken = class == 0};

    for (int c = 0; c < classes; c++) {
        summary.images += row[c];
        summary.predicted += confusion->count[c * classes + class];
        if (c != class && row[c] > row[summary.mistaken])
            summary.mistaken = c;
    }
    return summary;
}

static double percent(int part, int whole)
{
    return whole ? 100.0 * part / whole : 0;
}

void confusion_print(const struct confusion *confusion, const struct console *console)
{
    int classes = confusion->classes, width = 5;

    for (int i = 0; i < classes; i++)
        if ((int)strlen(confusion->names[i]) > width)
            width = (int)strlen(confusion->names[i]);
    if (classes > 1)
        console_print(console, CONSOLE_NEWS,
                      "%-*s  images   recall  precision  most often taken for", width, "class");
    for (int i = 0; classes > 1 && i < classes; i++) {
        struct summary s = summarize(confusion, i);
        int mistakes = confusion->count[i * classes + s.mistaken];

        console_print(console, CONSOLE_NEWS, "%-*s  %6d  %5.1f %%    %5.1f %%  %s (%d)", width,
                      confusion->names[i], s.images, percent(s.right, s.images),
                      percent(s.right, s.predicted),
                      mistakes ? confusion->names[s.mistaken] : "none", mistakes);
    }
}

void confusion_close(struct confusion *confusion)
{
    free(confusion->count);
    free(confusion->names);
    memset(confusion, 0, sizeof *confusion);
}
