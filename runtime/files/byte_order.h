/* byte_order.h - numbers in files are little-endian, whatever they are in memory */
#ifndef BYTE_ORDER_H
#define BYTE_ORDER_H

#include <stdbool.h>
#include <stddef.h>

/* Turns numbers of `size` bytes each, `bytes` bytes in all, from this machine's order into that of
 * files, or back. Nothing happens where the two are one. */
void byte_order_turn(void *numbers, size_t bytes, size_t size);

/* Whether the two are one. */
bool byte_order_is_files(void);

#endif
