/* What the programs of this folder ask of where they run: start.c on bare metal, host.c
 * under an operating system. */
#ifndef BOARD_H
#define BOARD_H

#include <stdint.h>

/* Prints text that ends with 0. */
void say(const char *text);

/* Prints `what`, a blank, and the number in 8 hexadecimal digits; ends the line if asked to. */
void say_number(const char *what, uint32_t number, int ends_line);

/* The whole work; returns what the program exits with. */
int work(void);

/* CIFAR-10's records, linked in: a byte for the class, then [3][32][32]. */
enum { RECORD_BYTES = 1 + 3 * 32 * 32 };
extern const unsigned char records[];

#endif
