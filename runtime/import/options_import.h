/* options_import.h - the command line of import */
#ifndef OPTIONS_IMPORT_H
#define OPTIONS_IMPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "error.h"
#include "platform/files.h"

enum { OPTIONS_NAME_BYTES = 41 };

struct options_import {
    const char *folder;                                           /* with the pictures */
    char name[OPTIONS_NAME_BYTES], shortened[OPTIONS_NAME_BYTES]; /* "My photos", "myphotos" */
    char out[FILES_PATH_BYTES];                                   /* folder of the set */
    int height, width, channels;
    double split; /* part of each class to test with; 0: there are folders for that */
    uint64_t seed;
    bool size_given; /* --size or --channels */
    bool quiet;
};

enum { OPTIONS_IMPORT_RUN, OPTIONS_IMPORT_DONE /* --help was printed */ };

/* OPTIONS_IMPORT_RUN, OPTIONS_IMPORT_DONE, or -1 and an error. */
int options_import_parse(struct options_import *options, int argc, char **argv,
                         struct error *error);

#endif
