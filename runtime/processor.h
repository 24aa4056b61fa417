/* processor.h - are the instructions there that this program's code is made of? */
#ifndef PROCESSOR_H
#define PROCESSOR_H

#include <stdbool.h>
#include <stddef.h>

struct processor_feature {
    const char *name; /* as in Linux' /proc/cpuinfo */
    bool here;
};

/* Whether one of count features is not here. Then text (size > 0 bytes, cut to fit) names those,
 * with blanks between. */
bool processor_lacks(const struct processor_feature *features, size_t count, char *text,
                     size_t size);

#endif
