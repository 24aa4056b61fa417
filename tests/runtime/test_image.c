/* Pictures from files: against Pillow, and files that are broken, cut short or too large. The files
 * are those of tests/images, made by make.py there. */
#define _DEFAULT_SOURCE

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "../images/expected.h"
#include "data/image.h"
#include "data/image_kind.h"
#include "data/image_library.h"
#include "files/crc32.h"

enum { PIXELS = EXPECTED_SIZE * EXPECTED_SIZE, FILE_BYTES = 16384 };

static struct error error;

/* Exactly as long as the file, so that a sanitizer sees a read beyond its end. */
static uint8_t *read_file(const char *name, size_t *bytes)
{
    static uint8_t buffer[FILE_BYTES];
    char path[128];
    FILE *file;
    uint8_t *copy;

    snprintf(path, sizeof path, "tests/images/%s", name);
    file = fopen(path, "rb");
    cr_assert(file != NULL, "%s", path);
    *bytes = fread(buffer, 1, sizeof buffer, file);
    fclose(file);
    cr_assert_lt(*bytes, sizeof buffer);
    copy = malloc(*bytes ? *bytes : 1);
    memcpy(copy, buffer, *bytes);
    return copy;
}

static int decode(uint8_t *out, int channels, const char *name)
{
    size_t bytes;
    uint8_t *file = read_file(name, &bytes);
    int result = image_decode(out, channels, EXPECTED_SIZE, EXPECTED_SIZE, file, bytes, &error);

    free(file);
    return result;
}

static int largest_difference(const uint8_t *a, const uint8_t *b, int n)
{
    int largest = 0;

    for (int i = 0; i < n; i++)
        if (abs(a[i] - b[i]) > largest)
            largest = abs(a[i] - b[i]);
    return largest;
}

static void need_library(void)
{
    if (!image_library_is_there())
        cr_skip_test("no gdk-pixbuf");
}

Test(image, agrees_with_pillow)
{
    uint8_t out[3 * PIXELS];

    need_library();
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        const char *name = expected[i].name;

        cr_expect_eq(decode(out, 3, name), 0, "%s: %s", name, error.text);
        cr_expect_leq(largest_difference(out, expected[i].colour, 3 * PIXELS), 1, "%s", name);
        cr_expect_eq(decode(out, 1, name), 0, "%s: %s", name, error.text);
        cr_expect_leq(largest_difference(out, expected[i].grey, PIXELS), 1, "%s, luminance", name);
    }
}

/* rgb.ppm has a header of 13 bytes; with its own size wanted, its pixels come out as they are. */
Test(image, of_the_right_size_stays_as_it_is)
{
    enum { WIDTH = 29, HEIGHT = 20, HEADER = 13 };
    uint8_t out[3][HEIGHT][WIDTH];
    size_t bytes;
    uint8_t *file = read_file("rgb.ppm", &bytes);

    need_library();
    cr_assert_eq(bytes, HEADER + sizeof out);
    cr_assert_eq(image_decode(&out[0][0][0], 3, HEIGHT, WIDTH, file, bytes, &error), 0);
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++)
            for (int c = 0; c < 3; c++)
                cr_assert_eq(out[c][y][x], file[HEADER + (y * WIDTH + x) * 3 + c]);
    free(file);
}

static void expect_refused(const char *name, const char *text)
{
    uint8_t out[3 * PIXELS];

    cr_expect_eq(decode(out, 3, name), -1, "%s", name);
    cr_expect(strstr(error.text, text) != NULL, "%s: %s", name, error.text);
    cr_expect(strchr(error.text, '\n') == NULL);
}

Test(image, bad_files_are_refused)
{
    need_library();
    expect_refused("truncated.png", "cut short");
    expect_refused("truncated.jpg", "cut short");
    expect_refused("truncated.ppm", "9 of 20 rows");
    expect_refused("broken.png", "cannot decode the image: ");
    expect_refused("nothing.png", "not a PNG, JPEG, GIF or PPM");
    expect_refused("text.png", "not a PNG, JPEG, GIF or PPM");
    expect_refused("scans.jpg", "110 scans; 100 are allowed");
}

static void expect_pnm(const char *text, int result, const char *why)
{
    uint8_t out[3 * PIXELS];

    cr_expect_eq(image_decode(out, 3, EXPECTED_SIZE, EXPECTED_SIZE, text, strlen(text), &error),
                 result, "%s", text);
    cr_expect(result == 0 || strstr(error.text, why), "%s: %s", text, error.text);
}

Test(image, pnm_is_what_it_says)
{
    expect_pnm("P2 2 1 9 0 9", 0, "");
    expect_pnm("P1 2 2 10#\n01", 0, "");
    expect_pnm("P2 2 1 9 0 ", -1, "0 of 1 rows");
    expect_pnm("P2 2 2 9 0 9 3", -1, "1 of 2 rows");
    expect_pnm("P1 2 2 101", -1, "1 of 2 rows");
    expect_pnm("P2 2 1 9 0 x9", -1, "row 0 of the image has something else");
    expect_pnm("P1 2 1 12", -1, "row 0 of the image has something else");
    expect_pnm("P2 2 1 9 0 65536", -1, "row 0 of the image has something else");
    expect_pnm("P2 2 1 0 0 0", -1, "header of the image is broken");
    expect_pnm("P2 2 1 65536 0 0", -1, "header of the image is broken");
    expect_pnm("P2 2 0 9 0 0", -1, "header of the image is broken");
    expect_pnm("P2 -2 1 9 0 0", -1, "header of the image is broken");
    expect_pnm("P6 2 1", -1, "header of the image is broken");
    expect_pnm("P4 2 1", -1, "header of the image is broken");
    expect_pnm("P5 99999999999 1 255 ", -1, "header of the image is broken");
    expect_pnm("P5 2147483647 2147483647 255 ", -1, "up to 50 million");
}

/* The value of all pixels, of which the file's largest is 100, as a byte. */
static int of_a_hundred(int value)
{
    char text[32 + 3 * PIXELS];
    uint8_t out[PIXELS];
    int length = snprintf(text, sizeof text, "P2 %d %d 100", EXPECTED_SIZE, EXPECTED_SIZE);

    for (int i = 0; i < PIXELS; i++)
        length += snprintf(text + length, sizeof text - (size_t)length, " %d", value);
    cr_assert_eq(image_decode(out, 1, EXPECTED_SIZE, EXPECTED_SIZE, text, (size_t)length, &error),
                 0);
    return out[PIXELS / 2];
}

Test(image, pnm_halves_are_rounded_as_pillow_does)
{
    cr_expect_eq(of_a_hundred(10), 26); /* 25.5 */
    cr_expect_eq(of_a_hundred(30), 76); /* 76.5 */
}

Test(image, other_channels_are_refused)
{
    uint8_t out[4 * PIXELS];

    need_library();
    cr_expect_eq(decode(out, 4, "rgb.png"), -1);
    cr_expect(strstr(error.text, "not 4") != NULL, "%s", error.text);
}

Test(image, bombs_are_refused_before_they_take_memory)
{
    struct rusage before, after;

    need_library();
    getrusage(RUSAGE_SELF, &before);
    expect_refused("bomb.png", "25000 x 25000 pixels; up to 50 million");
    expect_refused("bomb.ppm", "30000 x 30000 pixels; up to 50 million");
    getrusage(RUSAGE_SELF, &after);
    cr_expect_lt(after.ru_maxrss - before.ru_maxrss, 64 * 1024, "KiB");
}

/* A small whole file whose header says 7000 x 7000, which would be drawn if there were so much of
 * it. */
Test(image, a_header_that_says_more_than_a_file_can_hold_is_refused)
{
    const unsigned char side[8] = {0, 0, 7000 >> 8, 7000 & 255, 0, 0, 7000 >> 8, 7000 & 255};
    uint8_t out[3 * PIXELS];
    size_t bytes;
    uint8_t *file = read_file("one.png", &bytes);
    uint32_t crc;

    need_library();
    memcpy(file + 16, side, sizeof side); /* IHDR: type at 12, 13 bytes of it, its checksum */
    crc = crc32_add(0, file + 12, 17);
    for (int i = 0; i < 4; i++)
        file[29 + i] = (uint8_t)(crc >> 8 * (3 - i));
    cr_expect_eq(image_decode(out, 3, EXPECTED_SIZE, EXPECTED_SIZE, file, bytes, &error), -1);
    free(file);
    cr_expect(strstr(error.text, "7000 x 7000 pixels cannot be in so small a file") != NULL, "%s",
              error.text);
}

/* What ends early is never taken for whole, and no byte makes the reader stumble. */
static void cut_and_change(const char *name)
{
    uint8_t out[3 * PIXELS];
    size_t bytes;
    uint8_t *file = read_file(name, &bytes);

    for (size_t n = 0; n < bytes; n += 1 + bytes / 200) {
        uint8_t *part = malloc(n ? n : 1);

        memcpy(part, file, n);
        cr_expect_eq(image_decode(out, 3, EXPECTED_SIZE, EXPECTED_SIZE, part, n, &error), -1,
                     "the first %zu bytes of %s", n, name);
        free(part);
        file[n] ^= 0x5A;
        image_decode(out, 3, EXPECTED_SIZE, EXPECTED_SIZE, file, bytes, &error);
        file[n] ^= 0x5A;
    }
    free(file);
}

Test(image, cut_short_or_changed_anywhere)
{
    need_library();
    cut_and_change("alpha.png");
    cut_and_change("palette.png");
    cut_and_change("rgb.ppm");
    cut_and_change("rgb.jpg");
    cut_and_change("progressive.jpg");
    cut_and_change("sideways.jpg");
    cut_and_change("turned6_late.png");
    cut_and_change("still.gif");
}

/* A first frame that says to be larger than the GIF, or lies beyond its right or lower edge. */
Test(image, a_frame_lies_within_its_gif)
{
    enum { DESCRIPTOR = 0x6D }; /* in still.gif: after the comma left, top, width, height */
    static const int widened[] = {1, 3, 5, 7};
    size_t bytes;
    uint8_t *file = read_file("still.gif", &bytes);

    cr_assert(file[DESCRIPTOR] == ',' && image_gif_frame(file, bytes) > DESCRIPTOR);
    for (size_t i = 0; i < sizeof widened / sizeof widened[0]; i++) {
        uint8_t *low = file + DESCRIPTOR + widened[i];

        low[0]++;
        cr_expect_eq(image_gif_frame(file, bytes), 0, "byte %d", widened[i]);
        cr_expect_null(image_kind(file, bytes, 1, &error));
        low[0]--;
        low[1] = 0x45;
        cr_expect_eq(image_gif_frame(file, bytes), 0, "byte %d", widened[i] + 1);
        low[1] = 0;
    }
    cr_expect_gt(image_gif_frame(file, bytes), DESCRIPTOR);
    free(file);
}

Test(image, kinds)
{
    static const uint8_t gif[] = "GIF89a trailing bytes", other[] = "GIF88a trailing bytes",
                         pnm[] = "P7\n12 12";

    cr_expect_null(image_kind(other, sizeof other, 1, &error));
    cr_expect_null(image_kind(gif, sizeof gif, 1, &error));
    cr_expect_null(image_kind(pnm, sizeof pnm, 1, &error));
}
