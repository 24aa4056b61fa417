/* options.c - what the command lines have in common; see options_parse.h */
#include "options_parse.h"

#include <stdio.h>

#include "model.h"
#include "platform/pool.h"

void options_print_version(void)
{
    printf("castnet " MODEL_VERSION ", " MODEL_NAME " (" MODEL_OPTIONS ")\n");
}

void options_help_data(void)
{
    printf("  --data DIR             folder of the files of %s\n"
           "                         (default: $%s, else %s)\n",
           MODEL(data).name, MODEL(data).variable, MODEL(data).folder);
}

void options_help_threads(void)
{
    printf("  --threads N            threads, 1 to %d (default: the CPUs of this process)\n",
           POOL_THREADS_MAX);
}

void options_help_ending(void)
{
    puts("  --quiet                print results, warnings and errors only (default: off)\n"
         "  --version              print the version and the model, and stop\n"
         "  --help                 print this text, and stop");
}

/* ---- numbers: all of the text, within the range, nothing else ---- */

int options_parse_unsigned(const char *name, const char *text, uint64_t low, uint64_t high,
                           uint64_t *value, struct error *error)
{
    uint64_t sum = 0;
    bool valid = *text != '\0';

    for (const char *c = text; valid && *c; c++) {
        uint64_t digit = (uint64_t)(*c - '0');

        valid = *c >= '0' && *c <= '9' && sum <= (UINT64_MAX - digit) / 10;
        if (valid)
            sum = sum * 10 + digit;
    }
    if (!valid || sum < low || sum > high)
        return error_set(error, "--%s %s: give an integer from %llu to %llu", name, text,
                         (unsigned long long)low, (unsigned long long)high);
    *value = sum;
    return 0;
}

int options_parse_int(const char *name, const char *text, int high, int *value, struct error *error)
{
    uint64_t wide = 0;

    if (options_parse_unsigned(name, text, 1, (uint64_t)high, &wide, error))
        return -1;
    *value = (int)wide;
    return 0;
}

int options_parse_text(const char *name, const char *text, const char **value, struct error *error)
{
    if (*text == '\0')
        return error_set(error, "--%s: the name is empty", name);
    *value = text;
    return 0;
}

void options_set_defaults(struct options *options)
{
    *options = (struct options){
        .out = "build/" MODEL_NAME "/run",
        .recipe = MODEL(recipe),
        .seed = 1,
        .augment = true,
        .shuffle = true,
        .evaluate = true,
        .checkpoint = true,
        .plots = true,
    };
}
