/* json.h - values as JSON has them */
#ifndef JSON_H
#define JSON_H

#include <stdio.h>

/* A string. What is not UTF-8, as a file's name may be, becomes U+FFFD. NULL: null. */
void json_string(FILE *file, const char *text);

/* A whole number as one; else with as few digits as give the same double again; null for inf and
 * nan. */
void json_number(FILE *file, double value);

#endif
