/* append.h - a file that text is added to, none of which is lost
 *
 * Every text is written through at once. What a write does not take (a full disk) is kept and
 * written before anything else by the next one: so the file has no gaps, and a disk that was full
 * for a moment costs nothing.
 */
#ifndef APPEND_H
#define APPEND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum { APPEND_KEPT_BYTES = 1 << 16 };

struct append {
    FILE *file;  /* opened for appending, no other output goes there; NULL: none */
    size_t kept; /* bytes of text that the file has not yet */
    int cause;   /* errno of the write that failed last */
    bool lost;   /* there was no room to keep a text */
    char text[APPEND_KEPT_BYTES];
};

/* 0, or -1 if the text could neither be written nor kept; it is lost, and append_sync says so. */
int append_text(struct append *append, const char *text, size_t length);

/* Brings all of it to the disk. 0, or an errno: something of it is not there. */
int append_sync(struct append *append);

/* The same, and closes the file, if there is one. */
int append_close(struct append *append);

#endif
