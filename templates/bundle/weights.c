//- bundle/weights.c: packed weights as an object; becomes PREFIX_weights.c.
@(header)
/* The bytes of @(prefix)_weights.bin, where the linker puts constants, or in the section @(PREFIX)_WEIGHTS_SECTION (a string): flash
 * for one. Aligned to @(PREFIX)_WEIGHTS_ALIGNMENT, a power of 2 from 64 on. By the assembler where it is one of ELF's, which looks
 * for the file where the compiler runs and in the folders of -I; else, and with @(PREFIX)_WEIGHTS_AS_TEXT defined, of their text. */
#include "@(prefix).h"

#ifndef @(PREFIX)_WEIGHTS_SECTION
#define @(PREFIX)_WEIGHTS_SECTION ".rodata"
#endif
#ifndef @(PREFIX)_WEIGHTS_ALIGNMENT
#define @(PREFIX)_WEIGHTS_ALIGNMENT 64
#endif
#if @(PREFIX)_WEIGHTS_ALIGNMENT < 64
#error "@(PREFIX)_WEIGHTS_ALIGNMENT is below 64, where @(prefix)_attach takes no weights"
#endif

#if defined(__GNUC__) && defined(__ELF__) && !defined(@(PREFIX)_WEIGHTS_AS_TEXT)
/* A file that is too short is filled, so that attach reads nothing else and finds it damaged; a longer one is an error here. */
#define TEXT_(number) #number
#define TEXT(number) TEXT_(number)
__asm__(".pushsection " @(PREFIX)_WEIGHTS_SECTION ", \"a\"\n"
        ".balign " TEXT(@(PREFIX)_WEIGHTS_ALIGNMENT) "\n"
        ".globl @(prefix)_weights\n"
        ".type @(prefix)_weights, %object\n"
        "@(prefix)_weights:\n"
        ".incbin \"@(prefix)_weights.bin\"\n"
        ".org @(prefix)_weights + @(weight_bytes)\n"
        ".size @(prefix)_weights, . - @(prefix)_weights\n"
        ".popsection\n");
#else
#if defined(__GNUC__) && defined(__ELF__)
__attribute__((aligned(@(PREFIX)_WEIGHTS_ALIGNMENT), section(@(PREFIX)_WEIGHTS_SECTION)))
#elif defined(__GNUC__) || defined(__TINYC__)
__attribute__((aligned(@(PREFIX)_WEIGHTS_ALIGNMENT)))
#elif __STDC_VERSION__ >= 201112L
_Alignas(@(PREFIX)_WEIGHTS_ALIGNMENT)
#endif
const unsigned char @(prefix)_weights[@(PREFIX)_WEIGHTS_BYTES] = {
#include "@(prefix)_weights.inc"
};
#endif
