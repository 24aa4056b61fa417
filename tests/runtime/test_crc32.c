/* CRC-32 against the catalogue's check value, and piece by piece. */
#include <criterion/criterion.h>
#include <string.h>

#include "files/crc32.h"

Test(crc32, has_the_known_values)
{
    cr_expect_eq(crc32_add(0, "", 0), 0);
    cr_expect_eq(crc32_add(0, "123456789", 9), 0xCBF43926);
    cr_expect_eq(crc32_add(0, "The quick brown fox jumps over the lazy dog", 43), 0x414FA339);
}

Test(crc32, goes_on_from_any_place)
{
    static const char text[] = "pieces of any length, aligned or not";
    size_t length = strlen(text);
    uint32_t whole = crc32_add(0, text, length);

    for (size_t cut = 0; cut <= length; cut++)
        cr_expect_eq(crc32_add(crc32_add(0, text, cut), text + cut, length - cut), whole);
}
