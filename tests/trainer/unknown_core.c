/* For LD_PRELOAD: an OpenBLAS that does not know the processor. Says it picked "Prescott" unless
 * OPENBLAS_CORETYPE names what it has; counts its loads, a byte each, in the file that COUNT names.
 *
 *   HAS=NAME,...   the cores that it has; not set: all */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *openblas_get_corename(void);

char *openblas_get_corename(void)
{
    static char first_pick[] = "Prescott";
    char *core = getenv("OPENBLAS_CORETYPE"), *has = getenv("HAS");

    return !core || !*core || (has && !strstr(has, core)) ? first_pick : core;
}

__attribute__((constructor)) static void count(void)
{
    const char *name = getenv("COUNT");
    int file = name ? open(name, O_WRONLY | O_CREAT | O_APPEND, 0666) : -1;

    if (file < 0 || write(file, ".", 1) != 1 || close(file))
        _exit(99);
}
