/* error.h - one line saying what is wrong, where, and what to do about it. Modules fill it in and
 * return -1; only the programs (train.c, eval.c) print it and exit. What ends nothing is told at
 * once. */
#ifndef ERROR_H
#define ERROR_H

#include <stdio.h>

struct error {
    char text[512];
};

/* Writes the formatted line (cut to fit, control characters replaced so that it stays one line).
 * Always returns -1, so that a failure reads `return error_set(error, ...)`. */
int error_set(struct error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Prints such a line on stderr. */
void error_tell(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Prints a name as such a line has it. */
void error_print_name(const char *name, FILE *file);

/* Replaces control characters by question marks: a name may hold a line feed, or what a terminal
 * obeys. */
void error_make_printable(char *text);

#endif
