/* blas.c - see blas.h */
#define _DEFAULT_SOURCE /* strcasecmp */

#include "platform/blas.h"

#include "model.h"

#if MODEL_BLAS

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

/* OpenBLAS has it; declared here, and weak, so that its headers are not needed and another BLAS can
 * be linked. */
extern char *openblas_get_corename(void) __attribute__((weak));

enum level { SSE, AVX, AVX2, AVX512, UNKNOWN };

/* The cores for x86-64, by the widest instructions that they are made of. */
static enum level level(const char *core)
{
    static const struct {
        const char *core;
        enum level level;
    } known[] = {
        {"Katmai", SSE},        {"Coppermine", SSE},
        {"Northwood", SSE},     {"Prescott", SSE},
        {"Banias", SSE},        {"Atom", SSE},
        {"Core2", SSE},         {"Penryn", SSE},
        {"Dunnington", SSE},    {"Nehalem", SSE},
        {"Athlon", SSE},        {"Opteron", SSE},
        {"Opteron_SSE3", SSE},  {"Barcelona", SSE},
        {"Bobcat", SSE},        {"Nano", SSE},
        {"Sandybridge", AVX},   {"Bulldozer", AVX},
        {"Piledriver", AVX},    {"Steamroller", AVX},
        {"Excavator", AVX2},    {"Haswell", AVX2},
        {"Zen", AVX2},          {"SkylakeX", AVX512},
        {"Cooperlake", AVX512}, {"SapphireRapids", AVX512},
    };

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcasecmp(core, known[i].core) == 0)
            return known[i].level;
    return UNKNOWN;
}

/* A core that is not known here is younger than this file, so it is older than none. */
static bool is_older(const char *core, const char *wanted)
{
    return level(wanted) != UNKNOWN && level(core) < level(wanted);
}

/* NULL where a variable is not set or empty. */
static const char *setting(const char *name)
{
    const char *value = getenv(name);

    return value && *value ? value : NULL;
}

struct blas_choice blas_choice(void)
{
    return (struct blas_choice){
        .core = openblas_get_corename ? openblas_get_corename() : NULL,
        .coretype = setting("OPENBLAS_CORETYPE"),
        .picked = setting(BLAS_PICKED),
    };
}

const char *blas_core_to_set(const struct blas_choice *choice, const char *wanted)
{
    if (!choice->core || !is_older(choice->core, wanted))
        return NULL;
    if (!choice->coretype)
        return wanted;
    if (!choice->picked || strcasecmp(choice->core, choice->picked) == 0 ||
        strcasecmp(choice->coretype, choice->picked) == 0)
        return NULL;
    return choice->picked;
}

void blas_describe(char *text, size_t size, const struct blas_choice *choice, const char *wanted)
{
    if (!choice->core)
        snprintf(text, size, "other BLAS");
    else if (is_older(choice->core, wanted) && choice->picked)
        snprintf(text, size, "OpenBLAS %s (slow: it has no %s)", choice->core, wanted);
    else if (is_older(choice->core, wanted))
        snprintf(text, size, "OpenBLAS %s (slow: set OPENBLAS_CORETYPE to %s)", choice->core,
                 wanted);
    else if (choice->picked)
        snprintf(text, size, "OpenBLAS %s (set by castnet: it picked %s)", choice->core,
                 choice->picked);
    else
        snprintf(text, size, "OpenBLAS %s", choice->core);
}

#endif
