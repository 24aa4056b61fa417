/* recipe.h - the numbers of the recipe that may differ from run to run: MODEL(numbers) lists them,
 * the command line sets them, a checkpoint remembers them, and a run says what they are.
 * Numbers are named by their place in MODEL(numbers). */
#ifndef RECIPE_H
#define RECIPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "error.h"
#include "model.h"

double recipe_get(const struct model_recipe *recipe, int number);

/* Of a text: a decimal number within the limits and nothing else (no spaces, hexadecimal, inf or
 * nan). 0, or -1 and an error. */
int recipe_set(struct model_recipe *recipe, int number, const char *text, struct error *error);

/* Whether numbers that were given fit the others. 0, or -1 and an error. */
int recipe_check(const struct model_recipe *recipe, const bool given[MODEL_NUMBERS],
                 struct error *error);

/* What a checkpoint holds of a recipe, and back. A resumed run takes what was not given anew from
 * its checkpoint; what was given must be as it was, but lr and epochs, which may change. 0, or -1
 * and an error. */
void recipe_save(const struct model_recipe *recipe, double numbers[MODEL_NUMBERS]);

/* The numbers into the recipe. Returns NULL, or the name of the first that no recipe can have; then
 * the recipe is as it was. */
const char *recipe_load(struct model_recipe *recipe, const double numbers[MODEL_NUMBERS]);

int recipe_resume(struct model_recipe *recipe, const bool given[MODEL_NUMBERS],
                  const double numbers[MODEL_NUMBERS], struct error *error);

/* "SGD, lr 0.1, momentum 0.9, schedule cosine, crop padding 4, ...": all that is on, cut where the
 * text is full. */
void recipe_describe(char *text, size_t size, const struct model_recipe *recipe);

/* The same as members of a JSON object, each with a comma: words, and every number by its option's
 * name. */
void recipe_print_json(FILE *file, const struct model_recipe *recipe);

/* The lines of --help, with the spec's values as defaults. */
void recipe_print_help(void);

#endif
