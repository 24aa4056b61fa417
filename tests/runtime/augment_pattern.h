/* augment_pattern.h - the image that tests/torch/augment.py shows torchvision: a slope with noise,
 * whose values do not reach 0 or 255. */
#ifndef AUGMENT_PATTERN_H
#define AUGMENT_PATTERN_H

#include <stdint.h>

/* Byte k of the image, [3][32][32]. */
static inline uint8_t pattern(int k)
{
    uint32_t x = (uint32_t)k % 32, y = (uint32_t)k / 32 % 32, c = (uint32_t)k / 1024;
    uint32_t noise = (uint32_t)k * 2654435761U;

    return (uint8_t)(20U + 2U * x + 2U * y + 17U * c + (noise >> 26 & 31U) * (y / 16 + 1));
}

#endif
