/* IDX files, as they are and packed by gzip: what they hold, and those that are broken. */
#define _POSIX_C_SOURCE 200809L

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "import/gunzip.h"
#include "import/idx.h"

static const uint8_t images[] = {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 1, 1, 2, 3, 4};
static const uint8_t labels[] = {0, 0, 8, 1, 0, 0, 0, 3, 7, 8, 9};
/* by gzip, whose header has ten bytes, and which ends with a checksum and the length, 4 bytes each
 */
static const uint8_t packed[] = {0x1F, 0x8B, 8,    0,    0,    0,    0,    0,    2,    3,    0x63,
                                 0x60, 0xE0, 0x60, 0x64, 0x60, 0x60, 0x60, 0x66, 0xE7, 0xE0, 0x04,
                                 0,    0xAD, 0x98, 0x0A, 0xBA, 0x0B, 0,    0,    0};
static struct error error;

static int read_bytes(struct idx *idx, const void *bytes, size_t length, int dimensions)
{
    char path[] = "/tmp/castnet-idx-XXXXXX";
    int file = mkstemp(path), result;

    cr_assert_geq(file, 0);
    cr_assert_eq(write(file, bytes, length), (ssize_t)length);
    close(file);
    result = idx_read(idx, path, dimensions, &error);
    unlink(path);
    return result;
}

static void expect_refused(const void *bytes, size_t length, int dimensions, const char *text)
{
    struct idx idx;

    cr_expect_eq(read_bytes(&idx, bytes, length, dimensions), -1);
    cr_expect(strstr(error.text, text) != NULL, "%s", error.text);
    cr_expect_null(idx.values);
}

Test(idx, images_and_labels)
{
    struct idx idx;

    cr_assert_eq(read_bytes(&idx, images, sizeof images, 3), 0, "%s", error.text);
    cr_expect(idx.count == 2 && idx.height == 2 && idx.width == 1);
    cr_expect_eq(memcmp(idx.values, "\1\2\3\4", 4), 0);
    idx_free(&idx);
    cr_assert_eq(read_bytes(&idx, labels, sizeof labels, 1), 0, "%s", error.text);
    cr_expect(idx.count == 3 && idx.height == 1 && idx.width == 1);
    cr_expect_eq(memcmp(idx.values, "\7\10\11", 3), 0);
    idx_free(&idx);
}

Test(idx, broken)
{
    uint8_t changed[sizeof images + 1] = {0};

    expect_refused(images, sizeof images, 1, "no IDX file of bytes in 1 dimension;");
    expect_refused(labels, sizeof labels, 3, "no IDX file of bytes in 3 dimensions;");
    for (size_t n = 0; n < sizeof images; n++)
        expect_refused(images, n, 3, n < 16 ? "no IDX file" : "not as long as its header says");
    memcpy(changed, images, sizeof images);
    expect_refused(changed, sizeof changed, 3, "not as long as its header says");
    changed[2] = 0xD; /* float */
    expect_refused(changed, sizeof images, 3, "no IDX file");
    memcpy(changed, images, sizeof images);
    memset(changed + 4, 0xFF, 12);
    expect_refused(changed, sizeof images, 3, "no IDX file");
    memcpy(changed, images, sizeof images);
    changed[4] = 0x7F; /* two thousand million images */
    expect_refused(changed, sizeof images, 3, "not as long as its header says");
    memset(changed + 4, 0, 4);
    expect_refused(changed, sizeof images, 3, "no IDX file");
}

#ifdef CASTNET_ZLIB

Test(idx, packed)
{
    struct idx idx;
    uint8_t changed[sizeof packed];

    cr_assert_eq(read_bytes(&idx, packed, sizeof packed, 1), 0, "%s", error.text);
    cr_expect(idx.count == 3 && memcmp(idx.values, "\7\10\11", 3) == 0);
    idx_free(&idx);
    for (size_t n = 2; n < sizeof packed; n++)
        expect_refused(packed, n, 1, "gzip's data are broken");
    for (size_t at = 10; at < sizeof packed; at++) {
        memcpy(changed, packed, sizeof packed);
        changed[at] ^= 1;
        cr_expect_eq(read_bytes(&idx, changed, sizeof changed, 1), -1, "byte %zu", at);
    }
}

#else

Test(idx, packed)
{
    expect_refused(packed, sizeof packed, 1, "apt-get install zlib1g-dev");
}

#endif
