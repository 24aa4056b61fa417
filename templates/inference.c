//- inference.c: a network that infers; becomes PREFIX.c.
@(header)

/* The spec, @(file):
 *
 *   @(spec_text)
 */

#include "@(prefix).h"

#include "layers.h"
#include "memory.h"

static void run_alone(void *scratch, int units, @(prefix)_unit *unit, const void *arguments)
{
    for (int i = 0; i < units; i++)
        unit(arguments, i, scratch);
}

struct @(prefix) *@(prefix)_init(void *memory, const struct @(prefix)_host *host)
{
    typedef char context_fits[sizeof(struct @(prefix)) <= @(context_bytes) ? 1 : -1];
    struct @(prefix) *const c = memory;

    (void)sizeof(context_fits);
    if (!memory || (uintptr_t)memory % @(PREFIX)_ALIGNMENT != 0)
        return NULL;
    memset(c, 0, sizeof *c);
    c->host.run = host ? host->run : run_alone;
    c->host.threads = host ? host->threads : NULL;
    c->host.pool = host ? host->pool : @(own_scratch);
//: for _, line in ipairs(bindings) do
    @(line)
//: end
//: for _, gap in ipairs(gaps) do
    ASAN_POISON_MEMORY_REGION(@(gap.place), @(gap.bytes));
//: end
    return c;
}

enum @(prefix)_status @(prefix)_predict(struct @(prefix) *c, const uint8_t *images, int n, @(real) *logits)
{
    if (!c || !images || !logits || n < 1)
        return @(PREFIX)_BAD_ARGUMENT;
    if (!c->weights)
        return @(PREFIX)_NO_WEIGHTS;
    while (n > 0) {
        const int count = n < BATCH ? n : BATCH;
        c->images = images;
        run_evaluate(c, count);
        memcpy(logits, @(logits)[0][0][0], (size_t)count * @(PREFIX)_CLASSES * sizeof *logits);
        images += (ptrdiff_t)count * @(PREFIX)_IMAGE_BYTES;
        logits += (ptrdiff_t)count * @(PREFIX)_CLASSES;
        n -= count;
    }
    return @(PREFIX)_OK;
}
