/* options_parse.h - what the command lines have in common, for options_use.c and
 * training/options_train.c
 *
 * Values must be all of the text and within the range. 0, or -1 and an error that names the option.
 */
#ifndef OPTIONS_PARSE_H
#define OPTIONS_PARSE_H

#include <stdint.h>

#include "error.h"
#include "options.h"

int options_parse_unsigned(const char *name, const char *text, uint64_t low, uint64_t high,
                           uint64_t *value, struct error *error);

/* From 1 to high. */
int options_parse_int(const char *name, const char *text, int high, int *value,
                      struct error *error);

int options_parse_text(const char *name, const char *text, const char **value, struct error *error);

void options_set_defaults(struct options *options);

/* Parts of --help, and --version. */
void options_help_data(void);
void options_help_threads(void);
void options_help_ending(void);
void options_print_version(void);

#endif
