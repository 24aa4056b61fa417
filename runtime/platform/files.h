/* files.h - files read, locked, replaced whole or not at all */
#ifndef FILES_H
#define FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "error.h"

enum { FILES_PATH_BYTES = 4096, FILES_NAME_BYTES = 256 /* of a file in its folder */ };

/* A file being written beside its final name. */
struct files_aside {
    FILE *file;
    const char *path; /* the caller's */
    char temporary[FILES_PATH_BYTES];
};

/* dst[FILES_PATH_BYTES] := folder/name. 0, or -1 and an error. */
int files_join(char *dst, const char *folder, const char *name, struct error *error);

/* Whether a path leads to anything; whether anything has that name, if only a link to nowhere; and
 * whether it is there and no regular file: a pipe, a device, a folder. */
bool files_is_there(const char *path);
bool files_is_taken(const char *path);
bool files_is_special(const char *path);

/* Opens a file that grows line by line: what it holds stays, can be read and is written after
 * (go_on), or goes. No child process has it. NULL and an error, also for a pipe that nobody reads.
 */
FILE *files_open_log(const char *path, bool go_on, struct error *error);

/* A file in memory: once it is closed, *bytes has what was written, which the caller frees, and a 0
 * after it. NULL: no memory. */
FILE *files_open_memory(char **bytes, size_t *length);

/* Places in a file, and its length, in bytes from its begin; beyond 2 GiB, too. files_seek and
 * files_cut, which makes it shorter: 0, or not 0 and errno. */
int files_seek(FILE *file, uint64_t at);
uint64_t files_at(FILE *file);
int files_cut(FILE *file, uint64_t bytes);
uint64_t files_bytes(FILE *file);

/* Opens a regular file for reading; *bytes := its size. NULL and an error, which begins with the
 * path: not there, or a folder, a device or a pipe in its place. */
FILE *files_open(const char *path, uint64_t *bytes, struct error *error);

/* All of a regular file into *bytes, which the caller frees, and its length. 0, or -1 and an error:
 * not to be read, longer than `most`, or no memory. */
int files_read(const char *path, size_t most, uint8_t **bytes, size_t *length, struct error *error);

/* Opens path.PROCESS.part for writing, a name that no other process takes; path itself stays as it
 * is until files_commit, for which the text must be there, too. What a killed process left there
 * under such a name is removed. 0, or -1 and an error. */
int files_open_aside(struct files_aside *aside, const char *path, struct error *error);

/* Brings the data to the disk and gives the file its name, replacing an older one. 0, or -1 and an
 * error; then what was written is gone and an older path untouched. */
int files_commit(struct files_aside *aside, struct error *error);

/* Gives up: removes what was written. */
void files_abandon(struct files_aside *aside);

/* The file `to` becomes a copy of `from`, whole or not at all. 0, or -1 and an error. */
int files_copy(const char *from, const char *to, struct error *error);

/* Removes what killed processes left half written in the folder: NAME.PROCESS.part of every NAME
 * that is wanted. What a living process is writing stays. */
void files_remove_left(const char *folder, bool (*is_wanted)(const char *name));

enum files_lock { FILES_LOCKED, FILES_HELD, FILES_NO_LOCKS /* this file system has none */ };

/* Locks an open file, which must be open for writing, until this process closes it (or any other
 * stream of it) or dies, in whatever way. Not inherited by children. *holder: the process that
 * has it already, 0 if that is not to be known from here. */
enum files_lock files_lock(FILE *file, long *holder);

/* Renames a regular file that is there and not empty to path.earlier-N, the first N that is free.
 * moved[FILES_PATH_BYTES] := that name, or "" where there was nothing. 0, or -1 and an error. */
int files_set_aside(const char *path, char *moved, struct error *error);

#endif
