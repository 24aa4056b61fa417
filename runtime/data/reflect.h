/* reflect.h - images that go on beyond their edges as in a mirror */
#ifndef REFLECT_H
#define REFLECT_H

/* The place that a mirror at both edges shows at `at`, at most size - 1 beyond them; the pixel at
 * the edge is not repeated. A single pixel shows itself. */
static inline int reflect(int at, int size)
{
    if (at < 0)
        at = -at;
    if (at >= size)
        at = 2 * (size - 1) - at;
    return at < 0 ? 0 : at;
}

#endif
