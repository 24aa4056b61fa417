/* processor.c - see processor.h
 *
 * Compiled without the target's flags, as what makes sure of an instruction may not use it, and
 * called before libraries begin: no stdio here. */
#include "platform/processor.h"

#include <string.h>
#include <unistd.h>

#include "model.h"

/* Appends to text [size] what fits. Returns the new length. */
static size_t append(char *text, size_t size, size_t used, const char *more)
{
    while (*more && used + 1 < size)
        text[used++] = *more++;
    text[used] = '\0';
    return used;
}

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
        used = append(text, size, used, used ? " " : "");
        used = append(text, size, used, features[i].name);
    }
    return lacks;
}

#ifdef MODEL_INSTRUCTIONS

#define FEATURE(name) {name, __builtin_cpu_supports(name)},

void processor_check(void)
{
    char missing[256], line[512];
    size_t length = 0;

    __builtin_cpu_init();
    const struct processor_feature features[] = {MODEL_INSTRUCTIONS(FEATURE)};
    if (!processor_lacks(features, sizeof features / sizeof *features, missing, sizeof missing))
        return;
    length = append(line, sizeof line, length, "castnet: this processor lacks ");
    length = append(line, sizeof line, length, missing);
    length = append(line, sizeof line, length,
                    ", which this program was compiled for (" MODEL_OPTIONS
                    "); make it again on this machine, or with TARGET=portable\n");
    if (write(STDERR_FILENO, line, length) < 0)
        _exit(1);
    _exit(1);
}

#else

void processor_check(void)
{
}

#endif
