/* run_json.h - run.json: what a run is and what came of it, for programs to read */
#ifndef RUN_JSON_H
#define RUN_JSON_H

#include "training/run.h"

/* Writes the file anew: versions, machine, data, every number of the recipe as it came to be, where
 * the run is, and its results. status: "running", "done", "stopped" or "failed". 0, or -1 and an
 * error. */
int run_json_save(const struct run *run, const char *status, struct error *error);

#endif
