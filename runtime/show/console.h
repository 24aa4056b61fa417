/* console.h - what the trainer says: on the console, and with the time in training_log.txt */
#ifndef CONSOLE_H
#define CONSOLE_H

#include <stdbool.h>

#include "error.h"
#include "platform/append.h"

struct console {
    struct append *log; /* NULL: none yet */
    bool quiet;
};

enum console_kind {
    CONSOLE_NOTE,      /* for the log alone */
    CONSOLE_NEWS,      /* also on stdout, but for --quiet */
    CONSOLE_RESULT,    /* also on stdout */
    CONSOLE_COMPLAINT, /* also on stderr, after "castnet: " */
};

/* Opens the log, after what it holds if it goes on. 0, or -1 and an error. */
int console_open(struct console *console, const char *path, bool go_on, struct error *error);

/* One line, without its line feed. */
void console_print(const struct console *console, enum console_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Brings the log to the disk. 0, or -1 and an error: lines are not there. */
int console_sync(const struct console *console, struct error *error);

void console_close(struct console *console);

#endif
