/* process.h - one other program, or a copy of this one, run beside it */
#ifndef PROCESS_H
#define PROCESS_H

#include <stdbool.h>
#include <stddef.h>

/* All zero: none. */
struct process {
    long id;    /* 0: none is running */
    int status; /* of the last one: 0 went well, else its exit status, 128 + signal, or -1 */
};

/* The number of this process. */
long process_id(void);

/* Zeroed memory that this process and its copies share; NULL: the system gives none. */
void *process_share(size_t bytes);

/* Gives it back. */
void process_unshare(void *memory, size_t bytes);

/* Whether the shell would find a program of this name. */
bool process_can_start(const char *name);

/* Starts the program words[0], found as by the shell, with no input and its output dropped, safe
 * from this terminal's Ctrl-C. words ends with NULL. 0 or -1. */
int process_start(struct process *process, const char *const *words);

/* Has a copy of this process do the work, and exit with what it returns. In a group of its own, so
 * that the terminal's Ctrl-C reaches only this one; stopped by SIGTERM when this one is gone
 * (Linux). For a process without threads. 0 or -1. */
int process_fork(struct process *process, int (*work)(void *argument), void *argument);

/* 0, or -1 if it is gone. */
int process_signal(const struct process *process, int signal);

/* Sleeps a moment, for loops that wait. */
void process_pause(void);

bool process_is_running(struct process *process);

/* Waits so many seconds, then kills it. Returns the status; 0 if none was ever started. */
int process_finish(struct process *process, double seconds);

#endif
