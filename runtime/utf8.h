/* utf8.h - text of any script: is it well formed, and how wide is it on a console */
#ifndef UTF8_H
#define UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* *point := the character at text; returns its bytes, 1 to 4. 0 if none is there: not UTF-8 (a
 * surrogate or a longer form than need be is not, either), or the text's end. */
int utf8_next(const char *text, uint32_t *point);

/* Whether text is UTF-8 without anything that breaks or turns a line: control characters, line and
 * paragraph separators, changes of the writing direction. */
bool utf8_is_line(const char *text);

/* out[size] := text, which is UTF-8, or if that is wider than so many columns (1 or more) what fits
 * of it before "…". Returns the columns of out on a console: wide characters (Chinese, Japanese,
 * Korean, emoji) take two, marks on the character before them none. */
int utf8_cut(char *out, size_t size, const char *text, int columns);

#endif
