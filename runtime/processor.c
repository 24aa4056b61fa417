/* processor.c - see processor.h
 *
 * Compiled without the target's flags, and at work before main, since main may begin with an
 * instruction that is not there. For targets that need nothing special no check is left. */
#include "processor.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model.h"

bool processor_lacks(const struct processor_feature *features, size_t count, char *text,
                     size_t size)
{
    size_t used = 0;
    bool lacks = false;

    text[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        if (features[i].here)
            continue;
        lacks = true;
        if (used < size)
            used += (size_t)snprintf(text + used, size - used, "%s%s", used ? " " : "",
                                     features[i].name);
    }
    return lacks;
}

#ifdef MODEL_INSTRUCTIONS
#define FEATURE(name) {name, __builtin_cpu_supports(name)},

__attribute__((constructor)) static void check(void)
{
    char missing[256];

    __builtin_cpu_init();
    const struct processor_feature features[] = {MODEL_INSTRUCTIONS(FEATURE)};
    if (!processor_lacks(features, sizeof features / sizeof *features, missing, sizeof missing))
        return;
    fprintf(stderr,
            "castnet: this processor lacks %s, which this program was compiled for (" MODEL_OPTIONS
            "); make it again on this machine, or with TARGET=portable\n",
            missing);
    exit(EXIT_FAILURE);
}
#endif
