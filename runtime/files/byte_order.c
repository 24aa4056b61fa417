/* byte_order.c - see byte_order.h */
#include "files/byte_order.h"

#include <stdint.h>

bool byte_order_is_files(void)
{
    const uint16_t one = 1;

    return *(const unsigned char *)&one == 1;
}

void byte_order_turn(void *numbers, size_t bytes, size_t size)
{
    unsigned char *number = numbers;

    if (byte_order_is_files())
        return;
    for (unsigned char *end = number + bytes; number < end; number += size)
        for (size_t i = 0; i < size / 2; i++) {
            const unsigned char byte = number[i];

            number[i] = number[size - 1 - i];
            number[size - 1 - i] = byte;
        }
}
