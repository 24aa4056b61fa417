/* prefixes.c - see prefixes.h */
#include "files/prefixes.h"

#include <string.h>

enum {
    CHAINS = 32 /* told apart; a file with more has no wrapper's */,
    DEPTH = 8 /* of a chain */
};

struct chains {
    struct {
        const char *text; /* in the first name that has it */
        size_t length, names;
    } of[CHAINS];
    int count;
};

/* Length of the prefix that a name begins with, 0 if with none. */
static size_t prefix_length(const char *name)
{
    static const char *const known[] = {"module.", "_orig_mod.", "model.", "backbone."};

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strncmp(name, known[i], strlen(known[i])) == 0)
            return strlen(known[i]);
    return 0;
}

/* Counts one more name that the model has behind a chain. */
static void count_one(struct chains *chains, const char *text, size_t length)
{
    int i = 0;

    while (i < chains->count &&
           (chains->of[i].length != length || memcmp(chains->of[i].text, text, length) != 0))
        i++;
    if (i == CHAINS)
        return;
    if (i == chains->count)
        chains->of[chains->count++].text = text;
    chains->of[i].length = length;
    chains->of[i].names++;
}

size_t prefixes_choose(const struct safetensors *file, bool (*is_name)(const char *name),
                       const char **prefix)
{
    struct chains chains = {.of[0].text = "", .count = 1}; /* the first: none */
    int best = 0;

    for (size_t i = 0; i < file->count; i++) {
        const char *name = file->entries[i].name, *rest = name;
        size_t length = 1;

        for (int depth = 0; length > 0 && depth <= DEPTH; depth++, rest += length) {
            if (is_name(rest))
                count_one(&chains, name, (size_t)(rest - name));
            length = prefix_length(rest);
        }
    }
    for (int i = 1; i < chains.count; i++)
        if (chains.of[i].names > chains.of[best].names ||
            (best > 0 && chains.of[i].names == chains.of[best].names &&
             chains.of[i].length < chains.of[best].length))
            best = i;
    *prefix = chains.of[best].text;
    return chains.of[best].length;
}
