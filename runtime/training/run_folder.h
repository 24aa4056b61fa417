/* run_folder.h - the files of a run in its folder, and whose that folder is */
#ifndef RUN_FOLDER_H
#define RUN_FOLDER_H

#include <stdbool.h>
#include <stdio.h>

#include "error.h"
#include "platform/files.h"

/* Makes the folder, locks it for this process as long as it lives, and removes what a killed run
 * left half written there. *lock: to be closed at the end; a file in the folder that stays. 0, or
 * -1 and an error, which names the process that works there already. Where the file system has no
 * locks, a line on stderr says that nobody watches. */
int run_folder_open(const char *folder, FILE **lock, struct error *error);

/* What a new run found in its folder. */
struct run_folder_earlier {
    int files;   /* of earlier runs, moved now; 0: none */
    int folders; /* earlier-1 and so on, that one included */
    char folder[FILES_PATH_BYTES];
};

enum run_folder_kind { RUN_FOLDER_RUN, RUN_FOLDER_RUNS /* the table of several runs */ };

/* Before a new run in a folder that is locked: moves all that an earlier one left there (weights,
 * checkpoints, logs, plots) to a new folder earlier-N in it. Nothing is ever overwritten; what is
 * killed in the middle is moved by the next. 0, or -1 and an error. */
int run_folder_set_aside(const char *folder, enum run_folder_kind kind,
                         struct run_folder_earlier *earlier, struct error *error);

/* Whether path names a file that runs write into the folder, by whatever way it leads there. */
bool run_folder_has(const char *folder, const char *path);

/* path := the trained network's in the folder, named after model and data set. 0, or -1 and an
 * error. */
int run_folder_result_path(char path[FILES_PATH_BYTES], const char *folder, const char *dataset,
                           struct error *error);

#endif
