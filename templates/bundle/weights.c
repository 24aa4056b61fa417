//- bundle/weights.c: packed weights as an object; becomes PREFIX_weights.c.
@(header)
/* The bytes of @(prefix)_weights.bin, where the linker puts constants, or in the section @(PREFIX)_WEIGHTS_SECTION (a string): flash
 * for one. By the assembler where it is one of ELF's, else, and with @(PREFIX)_WEIGHTS_AS_TEXT defined, of their text. */
#include "@(prefix).h"

#ifndef @(PREFIX)_WEIGHTS_SECTION
#define @(PREFIX)_WEIGHTS_SECTION ".rodata"
#endif

#if defined(__GNUC__) && defined(__ELF__) && !defined(@(PREFIX)_WEIGHTS_AS_TEXT)
__asm__(".pushsection " @(PREFIX)_WEIGHTS_SECTION ", \"a\"\n"
        ".balign 64\n"
        ".globl @(prefix)_weights\n"
        "@(prefix)_weights:\n"
        ".incbin \"@(prefix)_weights.bin\"\n"
        ".popsection\n");
#else
#if defined(__GNUC__) && defined(__ELF__)
__attribute__((aligned(64), section(@(PREFIX)_WEIGHTS_SECTION)))
#elif defined(__GNUC__) || defined(__TINYC__)
__attribute__((aligned(64)))
#elif __STDC_VERSION__ >= 201112L
_Alignas(64)
#endif
const unsigned char @(prefix)_weights[@(PREFIX)_WEIGHTS_BYTES] = {
#include "@(prefix)_weights.inc"
};
#endif
