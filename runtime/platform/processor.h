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

/* Ends the process with one line unless the processor has what MODEL_INSTRUCTIONS names; does
 * nothing for targets that need nothing special. May be called before libraries begin. */
void processor_check(void);

#endif
