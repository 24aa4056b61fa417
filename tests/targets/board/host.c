/* host.c - see board.h: under an operating system */
#include <stdio.h>

#include "board.h"

void say(const char *text)
{
    fputs(text, stdout);
}

int main(void)
{
    return work();
}
