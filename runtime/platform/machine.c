/* machine.c - see machine.h */
#define _DEFAULT_SOURCE

#include "platform/machine.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "model.h"
#include "platform/blas.h"

const char *machine_products(void)
{
#if MODEL_BLAS
    static char text[128];
    struct blas_choice choice = blas_choice();

    blas_describe(text, sizeof text, &choice, MODEL_BLAS_CORE);
    return text;
#else
    return "castnet's, " MODEL_TARGET;
#endif
}

const char *machine_cpu(void)
{
    static char name[128];
    char line[512];
    FILE *file = fopen("/proc/cpuinfo", "r");

    while (file && !name[0] && fgets(line, sizeof line, file)) {
        const char *value = strchr(line, ':');

        if (value && value[1] == ' ' && strncmp(line, "model name", 10) == 0)
            snprintf(name, sizeof name, "%.*s", (int)strcspn(value + 2, "\n"), value + 2);
    }
    if (file)
        fclose(file);
    return name[0] ? name : "unknown CPU";
}

double machine_peak_memory(void)
{
    struct rusage usage = {0};

    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss / 1024; /* Linux counts KiB */
}
