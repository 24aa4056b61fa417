/* program.h - what every program does first and last, under whatever limits it was started
 *
 * Linked in, program.c also works before main, see there. */
#ifndef PROGRAM_H
#define PROGRAM_H

#include "error.h"

/* First of all in main. Descriptors 0 to 2 are open afterwards (/dev/null where they were not), so
 * that no file gets their numbers and what is meant for the console; and a write beyond the limit
 * of a file's size is an error that can be told (EFBIG), not a signal that kills. Where OpenBLAS
 * picked kernels older than the model's target, the program starts again with others. argv is
 * main's. */
void program_begin(char **argv);

/* Prints the error as the program's one line and exits with EXIT_FAILURE, whatever threads still
 * do. */
_Noreturn void program_fail(const struct error *error);

/* Exits with the status, or with EXIT_FAILURE and one line if something printed did not reach
 * stdout. */
_Noreturn void program_exit(int status);

/* With MODEL_BLAS: whether so many threads can be in the BLAS at once. It maps a buffer for each,
 * and where none is to be had, OpenBLAS tries for ever. 0, or -1 and an error. */
int program_check_blas(int threads, struct error *error);

#endif
