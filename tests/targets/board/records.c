/* records.c - see board.h: RECORDS, the name of a file, linked in */
__asm__(".pushsection .rodata, \"a\"\n"
        ".balign 4\n"
        ".globl records\n"
        "records:\n"
        ".incbin \"" RECORDS "\"\n"
        ".popsection\n");
