/* start.c - see board.h: what a Cortex-M has before and around a program, which speaks to the
 * debugger or emulator that runs it by semihosting.
 *
 * At the end it says how many bytes of stack were used at most, by the paint that is left, and how
 * many ticks of the processor's clock went by, which SysTick counts. */
#include <stddef.h>
#include <string.h>

#include "board.h"

extern unsigned char data_in_flash[], data_begin[], data_end[], bss_begin[], bss_end[];
extern uint32_t stack_begin[], stack_end[];

enum { PAINT = 0x5a5a5a5a, UNPAINTED_WORDS = 64 };
enum { WRITE_TEXT = 0x04, EXIT = 0x18, EXITED = 0x20026, FAILED = 0x20023 };

#define REGISTER(address) (*(volatile uint32_t *)(address))
#define COPROCESSORS REGISTER(0xe000ed88u)
#define TICK_CONTROL REGISTER(0xe000e010u)
#define TICK_RELOAD REGISTER(0xe000e014u)
#define TICK_VALUE REGISTER(0xe000e018u)

enum { TICKS = 1 << 24 };
static volatile uint32_t rounds;

static void call_host(uint32_t operation, const void *argument)
{
    register uint32_t r0 __asm__("r0") = operation;
    register const void *r1 __asm__("r1") = argument;

    __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
}

void say(const char *text)
{
    call_host(WRITE_TEXT, text);
}

static void end(int is_good)
{
    call_host(EXIT, (const void *)(uintptr_t)(is_good ? EXITED : FAILED));
    for (;;)
        ;
}

/* Any fault. */
static void fault(void)
{
    say("fault\n");
    end(0);
}

static void tick(void)
{
    rounds++;
}

/* All that lies below the caller's own. */
static void paint(void)
{
    const uint32_t *const here = __builtin_frame_address(0);

    for (volatile uint32_t *word = stack_begin; word + UNPAINTED_WORDS < here; word++)
        *word = PAINT;
}

static uint32_t stack_used(void)
{
    const uint32_t *word = stack_begin;

    while (word < stack_end && *word == PAINT)
        word++;
    return (uint32_t)((const unsigned char *)stack_end - (const unsigned char *)word);
}

void start(void);
void start(void)
{
    uint32_t left;
    int result;

    memcpy(data_begin, data_in_flash, (size_t)(data_end - data_begin));
    memset(bss_begin, 0, (size_t)(bss_end - bss_begin));
    paint();
    TICK_RELOAD = TICKS - 1;
    TICK_VALUE = 0;
    TICK_CONTROL = 7; /* on, by the processor's clock, with its interrupt */
    result = work();
    left = TICK_VALUE;
    TICK_CONTROL = 0;
    say_number("ticks", rounds, 0);
    say_number("", TICKS - 1 - left, 1);
    say_number("stack", stack_used(), 1);
    end(result == 0);
}

/* Before any C: registers of the FPU may be used by it, where there is one. */
__attribute__((naked)) static void reset(void)
{
    __asm__ volatile("ldr r0, =0xe000ed88\n"
                     "ldr r1, [r0]\n"
                     "orr r1, r1, #0xf00000\n"
                     "str r1, [r0]\n"
                     "dsb\n"
                     "isb\n"
                     "b start\n");
}

__attribute__((section(".vectors"), used)) static const struct {
    uint32_t *stack;
    void (*handlers[15])(void);
} vectors = {stack_end, {reset, fault, fault, fault, fault, fault, fault, [14] = tick}};
