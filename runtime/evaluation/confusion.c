/* confusion.c - see confusion.h */
#include "evaluation/confusion.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "platform/files.h"
#include "utf8.h"

int confusion_open(struct confusion *confusion, const char *folder, struct error *error)
{
    bool named;

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
    if (class_names_read(confusion->names, &named, &MODEL(data), folder, error)) {
        confusion_close(confusion);
        return -1;
    }
    return 0;
}

void confusion_clear(struct confusion *confusion)
{
    size_t classes = (size_t)confusion->classes;

    if (classes)
        memset(confusion->count, 0, classes * classes * sizeof *confusion->count);
}

void confusion_add(struct confusion *confusion, const float *logits, const model_label *labels,
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

/* As RFC 4180 has it: in quotes, within which a quote is doubled, where anything in it means
 * something to a reader of CSV; # begins a comment for some, spaces at the ends are lost on some.
 */
static void print_cell(FILE *file, const char *text)
{
    size_t length = strlen(text);

    if (!strpbrk(text, ",;\"#") && text[0] != ' ' && text[length - 1] != ' ') {
        fputs(text, file);
        return;
    }
    fputc('"', file);
    for (; *text; text++) {
        if (*text == '"')
            fputc('"', file);
        fputc(*text, file);
    }
    fputc('"', file);
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
    for (int c = 0; c < classes; c++) {
        fputc(',', aside.file);
        print_cell(aside.file, confusion->names[c]);
    }
    for (int row = 0; row < classes; row++) {
        fputc('\n', aside.file);
        print_cell(aside.file, confusion->names[row]);
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

static void print_fraction(FILE *file, int part, int whole)
{
    fputc(',', file);
    if (whole)
        fprintf(file, "%.9g", (double)part / whole);
}

int confusion_save_classes(const struct confusion *confusion, const char *path, struct error *error)
{
    struct files_aside aside = {0};

    if (!confusion->classes)
        return 0;
    if (files_open_aside(&aside, path, error))
        return -1;
    fputs("class,images,predicted,right,recall,precision\n", aside.file);
    for (int i = 0; i < confusion->classes; i++) {
        struct summary s = summarize(confusion, i);

        print_cell(aside.file, confusion->names[i]);
        fprintf(aside.file, ",%d,%d,%d", s.images, s.predicted, s.right);
        print_fraction(aside.file, s.right, s.images);
        print_fraction(aside.file, s.right, s.predicted);
        fputc('\n', aside.file);
    }
    return files_commit(&aside, error);
}

static double percent(int part, int whole)
{
    return whole ? 100.0 * part / whole : 0;
}

/* A class's name on the console, cut where it is very long. */
enum { NAME_COLUMNS = 40 };

struct shown {
    char text[CLASS_NAME_BYTES + 3];
    int columns;
};

static struct shown shown_name(const struct confusion *confusion, int class)
{
    struct shown name;

    name.columns = utf8_cut(name.text, sizeof name.text, confusion->names[class], NAME_COLUMNS);
    return name;
}

static int name_width(const struct confusion *confusion)
{
    int width = 5;

    for (int i = 0; i < confusion->classes; i++) {
        int columns = shown_name(confusion, i).columns;

        width = columns > width ? columns : width;
    }
    return width;
}

static void print_class(const struct confusion *confusion, int class, int width,
                        const struct console *console)
{
    struct summary s = summarize(confusion, class);
    struct shown name = shown_name(confusion, class), mistaken = shown_name(confusion, s.mistaken);
    int mistakes = confusion->count[class * confusion->classes + s.mistaken];

    console_print(console, CONSOLE_NEWS, "%s%*s  %6d  %5.1f %%    %5.1f %%  %s (%d)", name.text,
                  width - name.columns, "", s.images, percent(s.right, s.images),
                  percent(s.right, s.predicted), mistakes ? mistaken.text : "none", mistakes);
}

/* order := the classes by recall, those alike in their own order. */
static void rank_classes(const struct confusion *confusion, int *order)
{
    double recall[CONFUSION_CLASSES_MAX];

    for (int i = 0; i < confusion->classes; i++) {
        struct summary s = summarize(confusion, i);
        int at = i;

        recall[i] = percent(s.right, s.images);
        for (; at > 0 && recall[order[at - 1]] > recall[i]; at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
}

void confusion_print(const struct confusion *confusion, const struct console *console)
{
    int order[CONFUSION_CLASSES_MAX], classes = confusion->classes, width = name_width(confusion);

    if (classes < 2)
        return;
    console_print(console, CONSOLE_NEWS, "%-*s  images   recall  precision  most often taken for",
                  width, "class");
    if (classes <= CONFUSION_LINES) {
        for (int i = 0; i < classes; i++)
            print_class(confusion, i, width, console);
        return;
    }
    rank_classes(confusion, order);
    for (int i = 0; i < CONFUSION_WORST; i++)
        print_class(confusion, order[i], width, console);
    console_print(console, CONSOLE_NEWS, "... %d classes between these (confusion.csv has all) ...",
                  classes - CONFUSION_WORST - CONFUSION_BEST);
    for (int i = classes - CONFUSION_BEST; i < classes; i++)
        print_class(confusion, order[i], width, console);
}

void confusion_close(struct confusion *confusion)
{
    free(confusion->count);
    free(confusion->names);
    memset(confusion, 0, sizeof *confusion);
}
