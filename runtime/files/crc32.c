/* crc32.c - see crc32.h
 *
 * Eight bytes at a time ("slicing by 8", Kounavis and Berry 2005): table[k][b] is the remainder of
 * byte b followed by k zero bytes. */
#include "files/crc32.h"

enum { SLICES = 8 };

static uint32_t table[SLICES][256];

static void make_table(void)
{
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t rest = byte;
        for (int bit = 0; bit < 8; bit++)
            rest = rest >> 1 ^ (rest & 1 ? UINT32_C(0xEDB88320) : 0);
        table[0][byte] = rest;
    }
    for (int slice = 1; slice < SLICES; slice++)
        for (int byte = 0; byte < 256; byte++) {
            uint32_t rest = table[slice - 1][byte];
            table[slice][byte] = rest >> 8 ^ table[0][rest & 255];
        }
}

uint32_t crc32_add(uint32_t crc, const void *data, size_t size)
{
    const unsigned char *byte = data;

    if (!table[0][1])
        make_table();
    crc = ~crc;
    for (; size >= SLICES; size -= SLICES, byte += SLICES) {
        crc ^= (uint32_t)byte[0] | (uint32_t)byte[1] << 8 | (uint32_t)byte[2] << 16 |
               (uint32_t)byte[3] << 24;
        crc = table[7][crc & 255] ^ table[6][crc >> 8 & 255] ^ table[5][crc >> 16 & 255] ^
              table[4][crc >> 24] ^ table[3][byte[4]] ^ table[2][byte[5]] ^ table[1][byte[6]] ^
              table[0][byte[7]];
    }
    for (; size > 0; size--)
        crc = crc >> 8 ^ table[0][(crc ^ *byte++) & 255];
    return ~crc;
}
