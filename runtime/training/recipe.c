/* recipe.c - see recipe.h */
#include "training/recipe.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "show/json.h"

/* ---- one number ---- */

static void put(struct model_recipe *recipe, int number, double value)
{
    char *member = (char *)recipe + MODEL(numbers)[number].offset;

    if (MODEL(numbers)[number].is_int)
        *(int *)(void *)member = (int)value;
    else
        *(double *)(void *)member = value;
}

double recipe_get(const struct model_recipe *recipe, int number)
{
    const char *member = (const char *)recipe + MODEL(numbers)[number].offset;

    return MODEL(numbers)[number].is_int ? *(const int *)(const void *)member
                                         : *(const double *)(const void *)member;
}

/* False for nan, too. Limits of an int are those of an int or narrower. */
static bool is_allowed(const struct model_number *it, double value)
{
    if (it->word && value == it->word_value)
        return true;
    return value >= it->low && value <= it->high && (!it->is_int || value == (int)value);
}

struct value_text {
    char text[32];
};

static struct value_text value_text(const struct model_number *it, double value)
{
    struct value_text result;

    if (it->word && value == it->word_value)
        snprintf(result.text, sizeof result.text, "%s", it->word);
    else
        snprintf(result.text, sizeof result.text, "%.12g", value);
    return result;
}

/* strtod alone would also take spaces, hexadecimal, inf and nan. */
static bool parse(const struct model_number *it, const char *text, double *value)
{
    const char *characters = it->is_int ? "0123456789" : "0123456789.eE+-";
    char *end;

    if (it->word && !strcmp(text, it->word)) {
        *value = it->word_value;
        return true;
    }
    if (*text == '\0' || text[strspn(text, characters)] != '\0')
        return false;
    errno = 0;
    *value = strtod(text, &end);
    return *end == '\0' && errno == 0 && *value >= it->low && *value <= it->high;
}

int recipe_set(struct model_recipe *recipe, int number, const char *text, struct error *error)
{
    const struct model_number *it = &MODEL(numbers)[number];
    double value;

    if (!parse(it, text, &value))
        return error_set(error, "--%s %s: give %s", it->option, text, it->takes);
    put(recipe, number, value);
    return 0;
}

static bool is_at(int number, size_t offset)
{
    return MODEL(numbers)[number].offset == offset;
}

/* ---- all of them ---- */

int recipe_check(const struct model_recipe *recipe, const bool given[MODEL_NUMBERS],
                 struct error *error)
{
    if (recipe->parts[0].base_momentum > recipe->parts[0].max_momentum)
        return error_set(error, "--base-momentum %g is above --max-momentum %g",
                         recipe->parts[0].base_momentum, recipe->parts[0].max_momentum);
    for (int i = 0; i < MODEL_NUMBERS; i++) {
        if (!given[i])
            continue;
        if (is_at(i, offsetof(struct model_recipe, warmup_epochs)) &&
            recipe->warmup_epochs > recipe->epochs)
            return error_set(error, "--warmup %g: longer than the training, %g epochs",
                             recipe->warmup_epochs, recipe->epochs);
        if (is_at(i, offsetof(struct model_recipe, parts[0].lr_min)) &&
            recipe->parts[0].lr_min > recipe->lr)
            return error_set(error, "--lr-min %g: above the learning rate, %g",
                             recipe->parts[0].lr_min, recipe->lr);
    }
    return 0;
}

void recipe_save(const struct model_recipe *recipe, double numbers[MODEL_NUMBERS])
{
    for (int i = 0; i < MODEL_NUMBERS; i++)
        numbers[i] = recipe_get(recipe, i);
}

const char *recipe_load(struct model_recipe *recipe, const double numbers[MODEL_NUMBERS])
{
    struct model_recipe loaded = *recipe;

    for (int i = 0; i < MODEL_NUMBERS; i++) {
        if (!is_allowed(&MODEL(numbers)[i], numbers[i]))
            return MODEL(numbers)[i].option;
        put(&loaded, i, numbers[i]);
    }
    if (loaded.parts[0].base_momentum > loaded.parts[0].max_momentum)
        return "base-momentum";
    *recipe = loaded;
    return NULL;
}

int recipe_resume(struct model_recipe *recipe, const bool given[MODEL_NUMBERS],
                  const double numbers[MODEL_NUMBERS], struct error *error)
{
    for (int i = 0; i < MODEL_NUMBERS; i++) {
        const struct model_number *it = &MODEL(numbers)[i];
        bool may_change = is_at(i, offsetof(struct model_recipe, lr)) ||
                          is_at(i, offsetof(struct model_recipe, epochs));

        if (given[i] && !may_change && recipe_get(recipe, i) != numbers[i])
            return error_set(error, "--%s %s: the run was begun with %s; leave it out", it->option,
                             value_text(it, recipe_get(recipe, i)).text,
                             value_text(it, numbers[i]).text);
        if (!given[i])
            put(recipe, i, numbers[i]);
    }
    return 0;
}

/* ---- in words ---- */

/* Appends, up to the text's end. */
__attribute__((format(printf, 3, 4))) static void append(char *text, size_t size,
                                                         const char *format, ...)
{
    size_t length = strlen(text);
    va_list values;

    va_start(values, format);
    vsnprintf(text + length, size - length, format, values);
    va_end(values);
}

static const char *const optimizers[] = {"SGD", "Adam", "AdamW", "Lion", "Muon", "RMSprop"};

/* ", crop padding 4", or nothing for 0: 0 is off. */
static void describe_number(char *text, size_t size, const struct model_recipe *recipe, int number)
{
    double value = recipe_get(recipe, number);

    if (value == 0 || is_at(number, offsetof(struct model_recipe, epochs)))
        return;
    append(text, size, ", ");
    for (const char *c = MODEL(numbers)[number].option; *c; c++)
        append(text, size, "%c", *c == '-' ? ' ' : *c);
    append(text, size, " %s", value_text(&MODEL(numbers)[number], value).text);
    if (is_at(number, offsetof(struct model_recipe, augment.crop_padding)) &&
        recipe->augment.border == MODEL_BORDER_REFLECT)
        append(text, size, " reflected");
}

/* Of the words that are no numbers of the command line. */
static void describe_colors(char *text, size_t size, const struct model_augment *augment)
{
    if (augment->trivial_augment)
        append(text, size, ", trivial augment");
    if (MODEL_COLOR_JITTER &&
        augment->brightness + augment->contrast + augment->saturation + augment->hue > 0)
        append(text, size, ", color jitter %g %g %g %g", augment->brightness, augment->contrast,
               augment->saturation, augment->hue);
}

void recipe_describe(char *text, size_t size, const struct model_recipe *recipe)
{
    text[0] = '\0';
    append(text, size, "%s%s, schedule %s", optimizers[recipe->optimizer],
           recipe->nesterov ? " with Nesterov momentum" : "", recipe->schedule);
    for (int i = 0; i < MODEL_NUMBERS; i++)
        describe_number(text, size, recipe, i);
    describe_colors(text, size, &recipe->augment);
    if (recipe->decay_weights_only)
        append(text, size, ", decay of weights alone");
    if (*recipe->groups)
        append(text, size, ", groups %s", recipe->groups);
    if (*recipe->lookahead)
        append(text, size, ", lookahead %s", recipe->lookahead);
    if (recipe->drop_last)
        append(text, size, ", last batches dropped");
}

/* "crop_padding": 4 */
static void print_json_number(FILE *file, const struct model_recipe *recipe, int number)
{
    const struct model_number *it = &MODEL(numbers)[number];
    double value = recipe_get(recipe, number);

    fputs("    \"", file);
    for (const char *c = it->option; *c; c++)
        fputc(*c == '-' ? '_' : *c, file);
    fputs("\": ", file);
    if (it->word && value == it->word_value)
        json_string(file, it->word);
    else
        json_number(file, value);
    fputs(",\n", file);
}

static void print_json_member(FILE *file, const char *name, double value, const char *after)
{
    fprintf(file, "\"%s\": ", name);
    json_number(file, value);
    fputs(after, file);
}

/* NULL: null. */
static void print_json_list(FILE *file, const char *name, const double *values, int count)
{
    fprintf(file, "    \"%s\": %s", name, values ? "[" : "null");
    for (int i = 0; values && i < count; i++) {
        fputs(i ? ", " : "", file);
        json_number(file, values[i]);
    }
    fputs(values ? "],\n" : ",\n", file);
}

static void print_json_freezes(FILE *file, const struct model_recipe *recipe)
{
    fputs("    \"freeze_after\": [", file);
    for (int i = 0; i < recipe->freezes; i++) {
        fprintf(file, "%s{\"epochs\": ", i ? ", " : "");
        json_number(file, recipe->freeze_after[i].epochs);
        fputs(", \"parameters\": ", file);
        json_string(file, recipe->freeze_after[i].names);
        fputs("}", file);
    }
    fputs("],\n", file);
}

static void print_json_augment(FILE *file, const struct model_augment *augment)
{
    fprintf(file, "    \"trivial_augment\": %s,\n    \"color_jitter\": {",
            augment->trivial_augment ? "true" : "false");
    print_json_member(file, "brightness", augment->brightness, ", ");
    print_json_member(file, "contrast", augment->contrast, ", ");
    print_json_member(file, "saturation", augment->saturation, ", ");
    print_json_member(file, "hue", augment->hue, "},\n");
    print_json_list(file, "erasing_scale", augment->erasing_scale, 2);
    print_json_list(file, "erasing_ratio", augment->erasing_ratio, 2);
}

void recipe_print_json(FILE *file, const struct model_recipe *recipe)
{
    fputs("    \"optimizer\": ", file);
    json_string(file, optimizers[recipe->optimizer]);
    fputs(",\n    \"schedule\": ", file);
    json_string(file, recipe->schedule);
    fprintf(file, ",\n    \"drop_last\": %s,\n    \"border\": \"%s\",\n",
            recipe->drop_last ? "true" : "false",
            recipe->augment.border == MODEL_BORDER_REFLECT ? "reflect" : "black");
    print_json_list(file, "mean", recipe->mean, MODEL_CHANNELS);
    print_json_list(file, "std", recipe->std, MODEL_CHANNELS);
    fputs("    ", file);
    print_json_member(file, "label_smoothing", recipe->label_smoothing, ",\n");
    print_json_list(file, "class_weights", recipe->class_weights, MODEL_CLASSES);
    print_json_freezes(file, recipe);
    print_json_augment(file, &recipe->augment);
    for (const char *const *text = recipe->fixed; *text; text++)
        fputs(*text, file);
    for (int i = 0; i < MODEL_NUMBERS; i++)
        print_json_number(file, recipe, i);
}

/* A text in lines of up to 80 columns, each of which begins in column 25. */
static void print_wrapped(const char *text)
{
    enum { INDENT = 25, COLUMNS = 80 };
    int column = INDENT;

    while (*text) {
        int length = (int)strcspn(text, " ");

        if (column > INDENT && column + 1 + length > COLUMNS) {
            printf("\n%*s", INDENT, "");
            column = INDENT;
        }
        column += printf("%s%.*s", column > INDENT ? " " : "", length, text);
        text += length + (text[length] == ' ');
    }
    putchar('\n');
}

void recipe_print_help(void)
{
    for (int i = 0; i < MODEL_NUMBERS; i++) {
        const struct model_number *it = &MODEL(numbers)[i];
        char text[512];

        snprintf(text, sizeof text, "%s (%s%s%s, default %s)", it->about, it->takes,
                 *it->unit ? ", " : "", it->unit,
                 value_text(it, recipe_get(&MODEL(recipe), i)).text);
        printf("  --%s %-*s ", it->option, (int)(19 - strlen(it->option)), it->is_int ? "N" : "X");
        print_wrapped(text);
    }
}
