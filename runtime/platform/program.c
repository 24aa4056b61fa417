/* program.c - see program.h
 *
 * Two things are too late in main, as libraries that are linked have begun to work by then.
 * OpenBLAS starts a thread for each CPU when it is loaded, each of which maps a buffer, again and
 * again until that succeeds, and it ends the process by a signal where a thread cannot be started;
 * castnet's pool needs none of these threads. And a stack that is too small ends in a fault without
 * a word. So before any library begins, the limits are looked at, and a program that would load
 * OpenBLAS with threads is started again without. First of all the processor is looked at, so this
 * file is compiled without the target's flags, as processor.c is.
 *
 * Which kernels OpenBLAS picks is known only once it is loaded; if they don't suit, main starts the
 * program again with others, see blas.h. */
#define _GNU_SOURCE /* environ's kin, MAP_ANONYMOUS */

#include "platform/program.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "model.h"
#include "platform/blas.h"
#include "platform/processor.h"

enum { STACK_KIB = 64 };

/* ---- before main: no library has begun, not even all of libc ---- */

static void say_and_stop(const char *line)
{
    if (write(STDERR_FILENO, line, strlen(line)) < 0)
        _exit(EXIT_FAILURE);
    _exit(EXIT_FAILURE);
}

static void check_stack(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_STACK, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY &&
        limit.rlim_cur < STACK_KIB * 1024)
        say_and_stop("castnet: the stack may not grow to 64 KiB; raise `ulimit -s`\n");
}

#if MODEL_BLAS

/* Of a buffer of OpenBLAS's, and of all else that the program maps before main. */
static const size_t blas_buffer = (size_t)128 << 20, blas_start = (size_t)160 << 20;

/* Address space alone counts here: pages that are not touched take no memory. */
static bool can_map(size_t bytes)
{
    void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    return memory != MAP_FAILED && munmap(memory, bytes) == 0;
}

static bool is_set(char *const *environment, const char *setting)
{
    while (*environment && strcmp(*environment, setting))
        environment++;
    return *environment;
}

enum { SETTINGS_MAX = 2 };

/* Whether the line of the environment sets what one of the settings does. */
static bool is_replaced(const char *line, char *const *settings)
{
    while (*settings && strncmp(line, *settings, strcspn(*settings, "=") + 1))
        settings++;
    return *settings;
}

/* Starts this program once more with up to SETTINGS_MAX settings "NAME=VALUE", and NULL after the
 * last. Returns if that is impossible. */
static void start_again(char **argv, char **environment, char *const *settings)
{
    size_t count = 0, kept = 0, bytes;
    char path[1024], **changed;
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);

    while (environment[count])
        count++;
    bytes = (count + SETTINGS_MAX + 1) * sizeof *changed;
    changed = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (length <= 0 || length == (ssize_t)sizeof path - 1 || changed == MAP_FAILED)
        return;
    path[length] = '\0';
    for (size_t i = 0; i < count; i++)
        if (!is_replaced(environment[i], settings))
            changed[kept++] = environment[i];
    while (*settings)
        changed[kept++] = *settings++;
    execve(path, argv, changed);
    munmap(changed, bytes);
}

static void prepare_blas(char **argv, char **environment)
{
    static char one_thread[] = "OPENBLAS_NUM_THREADS=1";
    char *const settings[] = {one_thread, NULL};

    if (!can_map(blas_start))
        say_and_stop(
            "castnet: OpenBLAS needs 160 MiB of address space to start; raise `ulimit -v`, "
            "or make the model with TARGET=portable\n");
    if (!is_set(environment, one_thread))
        start_again(argv, environment, settings);
}

static void choose_kernels(char **argv)
{
    struct blas_choice choice = blas_choice();
    const char *core = blas_core_to_set(&choice, MODEL_BLAS_CORE);
    char coretype[64], picked[64];
    char *const settings[] = {coretype, picked, NULL};

    if (!core)
        return;
    snprintf(coretype, sizeof coretype, "OPENBLAS_CORETYPE=%s", core);
    snprintf(picked, sizeof picked, BLAS_PICKED "=%s", choice.picked ? choice.picked : choice.core);
    start_again(argv, environ, settings);
}

#endif

static void before_main(int argc, char **argv, char **environment)
{
    (void)argc, (void)argv, (void)environment;
    processor_check();
    check_stack();
#if MODEL_BLAS
    prepare_blas(argv, environment);
#endif
}

__attribute__((section(".preinit_array"),
               used)) static void (*const begin_early)(int argc, char **argv,
                                                       char **environment) = before_main;

/* ---- in main ---- */

void program_begin(char **argv)
{
    for (int i = STDIN_FILENO; i <= STDERR_FILENO; i++)
        if (fcntl(i, F_GETFD) < 0 && open("/dev/null", O_RDWR) != i)
            _exit(EXIT_FAILURE);
    signal(SIGXFSZ, SIG_IGN);
#if MODEL_BLAS
    choose_kernels(argv);
#else
    (void)argv;
#endif
}

/* Without the work that libraries do at the end, which may wait for threads that never end. */
_Noreturn static void fail_now(int status)
{
    fflush(stdout);
    fflush(stderr);
    _exit(status);
}

_Noreturn void program_fail(const struct error *error)
{
    fflush(stdout);
    error_tell("%s", error->text);
    fail_now(EXIT_FAILURE);
}

_Noreturn void program_exit(int status)
{
    errno = 0;
    if (status != EXIT_SUCCESS)
        fail_now(status);
    if (fflush(stdout) || ferror(stdout)) {
        error_tell("cannot write to stdout: %s; not all of the output is there",
                   errno ? strerror(errno) : "an earlier write failed");
        fail_now(EXIT_FAILURE);
    }
    exit(EXIT_SUCCESS);
}

int program_check_blas(int threads, struct error *error)
{
#if MODEL_BLAS
    size_t bytes = (size_t)threads * blas_buffer;

    if (!can_map(bytes))
        return error_set(error,
                         "OpenBLAS needs %zu MiB of address space for %d threads; raise `ulimit "
                         "-v`, give fewer with --threads, or make the model with TARGET=portable",
                         bytes >> 20, threads);
#else
    (void)threads, (void)error;
#endif
    return 0;
}
