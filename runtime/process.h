/* process.h - one other program, run beside this one */
#ifndef PROCESS_H
#define PROCESS_H

#include <stdbool.h>

/* All zero: none. */
struct process {
    long id;    /* 0: none is running */
    int status; /* of the last one: 0 went well, else its exit status, 128 + signal, or -1 */
};

/* Whether the shell would find a program of this name. */
bool process_can_start(const char *name);

/* Starts the program words[0], found as by the shell, with no input and its output dropped, safe
 * from this terminal's Ctrl-C. words ends with NULL. 0 or -1. */
int process_start(struct process *process, const char *const *words);

bool process_is_running(struct process *process);

/* Waits so many seconds, then kills it. Returns the status; 0 if none was ever started. */
int process_finish(struct process *process, double seconds);

#endif
