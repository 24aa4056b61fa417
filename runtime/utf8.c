/* utf8.c - see utf8.h */
#include "utf8.h"

#include <string.h>

/* Of a first byte: how many there are, its bits, and the least character that needs so many. */
static int length_of(unsigned char first, uint32_t *bits, uint32_t *least)
{
    static const uint32_t leasts[] = {0, 0, 0x80, 0x800, 0x10000};
    int length = first < 0x80             ? 1
                 : (first & 0xE0) == 0xC0 ? 2
                 : (first & 0xF0) == 0xE0 ? 3
                 : (first & 0xF8) == 0xF0 ? 4
                                          : 0;

    *bits = length == 1 ? first : first & (0x7Fu >> length);
    *least = leasts[length];
    return length;
}

int utf8_next(const char *text, uint32_t *point)
{
    uint32_t least;
    int length = *text ? length_of((unsigned char)*text, point, &least) : 0;

    if (!length)
        return 0;
    for (int i = 1; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];

        if ((byte & 0xC0) != 0x80)
            return 0;
        *point = *point << 6 | (byte & 0x3F);
    }
    if (*point < least || *point > 0x10FFFF || (*point >= 0xD800 && *point <= 0xDFFF))
        return 0;
    return length;
}

struct range {
    uint32_t first, last;
};

static bool is_in(const struct range *ranges, size_t count, uint32_t point)
{
    for (size_t i = 0; i < count && ranges[i].first <= point; i++)
        if (point <= ranges[i].last)
            return true;
    return false;
}

bool utf8_is_line(const char *text)
{
    static const struct range breaking[] = {{0, 0x1F},
                                            {0x7F, 0x9F},
                                            {0x2028, 0x202E}, /* separators, directions */
                                            {0x2066, 0x2069}};
    uint32_t point;
    int length;

    for (; (length = utf8_next(text, &point)) > 0; text += length)
        if (is_in(breaking, sizeof breaking / sizeof *breaking, point))
            return false;
    return *text == '\0';
}

static int columns_of(uint32_t point)
{
    /* Unicode 14's marks and format characters, and its wide ones, rounded to whole blocks where
     * nothing else is in them. */
    static const struct range marks[] = {
        {0x300, 0x36F},     {0x483, 0x489},     {0x591, 0x5BD},   {0x5BF, 0x5C7},
        {0x610, 0x61A},     {0x64B, 0x65F},     {0x670, 0x670},   {0x6D6, 0x6DC},
        {0x6DF, 0x6E4},     {0x6E7, 0x6E8},     {0x6EA, 0x6ED},   {0x711, 0x711},
        {0x730, 0x74A},     {0x7A6, 0x7B0},     {0x900, 0x902},   {0x93A, 0x93A},
        {0x93C, 0x93C},     {0x941, 0x948},     {0x94D, 0x94D},   {0x951, 0x957},
        {0x962, 0x963},     {0x981, 0x981},     {0x9BC, 0x9BC},   {0x9C1, 0x9C4},
        {0x9CD, 0x9CD},     {0xA01, 0xA02},     {0xA3C, 0xA3C},   {0xA41, 0xA51},
        {0xA70, 0xA71},     {0xA81, 0xA82},     {0xABC, 0xABC},   {0xAC1, 0xAC8},
        {0xACD, 0xACD},     {0xB3C, 0xB3C},     {0xB41, 0xB44},   {0xB4D, 0xB4D},
        {0xBC0, 0xBC0},     {0xBCD, 0xBCD},     {0xC3E, 0xC40},   {0xC46, 0xC56},
        {0xCCC, 0xCCD},     {0xD41, 0xD44},     {0xD4D, 0xD4D},   {0xE31, 0xE31},
        {0xE34, 0xE3A},     {0xE47, 0xE4E},     {0xEB1, 0xEB1},   {0xEB4, 0xEBC},
        {0xEC8, 0xECD},     {0xF71, 0xF7E},     {0xF80, 0xF84},   {0xF8D, 0xFBC},
        {0x102D, 0x1030},   {0x1032, 0x1037},   {0x1039, 0x103A}, {0x135D, 0x135F},
        {0x17B4, 0x17B5},   {0x17B7, 0x17BD},   {0x17C6, 0x17C6}, {0x17C9, 0x17D3},
        {0x1AB0, 0x1ACE},   {0x1DC0, 0x1DFF},   {0x200B, 0x200F}, {0x2060, 0x2064},
        {0x20D0, 0x20F0},   {0x302A, 0x302D},   {0x3099, 0x309A}, {0xA66F, 0xA672},
        {0xFE00, 0xFE0F},   {0xFE20, 0xFE2F},   {0xFEFF, 0xFEFF}, {0x1F3FB, 0x1F3FF},
        {0xE0001, 0xE007F}, {0xE0100, 0xE01EF},
    };
    static const struct range wide[] = {
        {0x1100, 0x115F},   {0x231A, 0x231B},   {0x2329, 0x232A},   {0x23E9, 0x23EC},
        {0x23F0, 0x23F0},   {0x23F3, 0x23F3},   {0x25FD, 0x25FE},   {0x2614, 0x2615},
        {0x2648, 0x2653},   {0x267F, 0x267F},   {0x2693, 0x2693},   {0x26A1, 0x26A1},
        {0x26AA, 0x26AB},   {0x26BD, 0x26BE},   {0x26C4, 0x26C5},   {0x26CE, 0x26CE},
        {0x26D4, 0x26D4},   {0x26EA, 0x26EA},   {0x26F2, 0x26F3},   {0x26F5, 0x26F5},
        {0x26FA, 0x26FA},   {0x26FD, 0x26FD},   {0x2705, 0x2705},   {0x270A, 0x270B},
        {0x2728, 0x2728},   {0x274C, 0x274C},   {0x274E, 0x274E},   {0x2753, 0x2755},
        {0x2757, 0x2757},   {0x2795, 0x2797},   {0x27B0, 0x27B0},   {0x27BF, 0x27BF},
        {0x2B1B, 0x2B1C},   {0x2B50, 0x2B50},   {0x2B55, 0x2B55},   {0x2E80, 0x303E},
        {0x3041, 0x3247},   {0x3250, 0x4DBF},   {0x4E00, 0xA4C6},   {0xA960, 0xA97C},
        {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE10, 0xFE19},   {0xFE30, 0xFE6B},
        {0xFF01, 0xFF60},   {0xFFE0, 0xFFE6},   {0x16FE0, 0x18D08}, {0x1AFF0, 0x1B2FB},
        {0x1F004, 0x1F004}, {0x1F0CF, 0x1F0CF}, {0x1F18E, 0x1F18E}, {0x1F191, 0x1F19A},
        {0x1F200, 0x1F320}, {0x1F32D, 0x1F335}, {0x1F337, 0x1F37C}, {0x1F37E, 0x1F393},
        {0x1F3A0, 0x1F3CA}, {0x1F3CF, 0x1F3D3}, {0x1F3E0, 0x1F3F0}, {0x1F3F4, 0x1F3F4},
        {0x1F3F8, 0x1F43E}, {0x1F440, 0x1F440}, {0x1F442, 0x1F4FC}, {0x1F4FF, 0x1F53D},
        {0x1F54B, 0x1F54E}, {0x1F550, 0x1F567}, {0x1F57A, 0x1F57A}, {0x1F595, 0x1F596},
        {0x1F5A4, 0x1F5A4}, {0x1F5FB, 0x1F64F}, {0x1F680, 0x1F6C5}, {0x1F6CC, 0x1F6CC},
        {0x1F6D0, 0x1F6DF}, {0x1F6EB, 0x1F6EC}, {0x1F6F4, 0x1F6FC}, {0x1F7E0, 0x1F7F0},
        {0x1F90C, 0x1F93A}, {0x1F93C, 0x1F945}, {0x1F947, 0x1F9FF}, {0x1FA70, 0x1FAF6},
        {0x20000, 0x3FFFD},
    };

    if (is_in(marks, sizeof marks / sizeof *marks, point))
        return 0;
    return is_in(wide, sizeof wide / sizeof *wide, point) ? 2 : 1;
}

/* Bytes of what fits into so many columns; *used := the columns of that. */
static size_t fitting(const char *text, int columns, int *used)
{
    size_t bytes = 0;
    uint32_t point;
    int length;

    *used = 0;
    while ((length = utf8_next(text + bytes, &point)) > 0 && *used + columns_of(point) <= columns) {
        *used += columns_of(point);
        bytes += (size_t)length;
    }
    return bytes;
}

int utf8_columns(const char *text)
{
    int columns;

    fitting(text, 1 << 30, &columns);
    return columns;
}

int utf8_cut(char *out, size_t size, const char *text, int columns)
{
    static const char ellipsis[] = "\xE2\x80\xA6";
    int used;
    size_t bytes = fitting(text, columns, &used);

    if (text[bytes])
        bytes = fitting(text, columns - 1, &used);
    if (bytes + sizeof ellipsis > size) { /* never where out has the room of text and this */
        out[0] = '\0';
        return 0;
    }
    memcpy(out, text, bytes);
    strcpy(out + bytes, text[bytes] ? ellipsis : "");
    return used + (text[bytes] != '\0');
}
