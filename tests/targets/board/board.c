/* board.c - see board.h: numbers as text, which is the same everywhere */
#include "board.h"

void say_number(const char *what, uint32_t number, int ends_line)
{
    char text[11] = {' '};

    for (int i = 0; i < 8; i++)
        text[1 + i] = "0123456789abcdef"[number >> (28 - 4 * i) & 15];
    text[9] = ends_line ? '\n' : 0;
    say(what);
    say(text);
}
