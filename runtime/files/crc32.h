/* crc32.h - CRC-32 (ISO 3309, ITU-T V.42), the checksum of gzip and PNG */
#ifndef CRC32_H
#define CRC32_H

#include <stddef.h>
#include <stdint.h>

/* The checksum of what crc stands for, followed by size bytes of data. Begin with 0. */
uint32_t crc32_add(uint32_t crc, const void *data, size_t size);

#endif
