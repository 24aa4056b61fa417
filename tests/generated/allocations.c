/* Whether a step allocates. Replaces the C library's allocator by one that ends the program with
 * status 3 when called while `forbidden`: for calls from anywhere, the BLAS and other threads too.
 * (glibc only: it exports its own functions under second names.) Only OpenBLAS's kernels for small
 * products may call malloc and free, which some of them do at every call.
 *
 *   allocations [main|worker|map]      the argument: allocate in a step, to see that it is seen */
#define _GNU_SOURCE
#include "drive.h"

#include "platform/pool.h"

#include <dlfcn.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_int forbidden;

static int is_small_product(const void *code)
{
    static const char name[] = "sgemm_small_kernel_";
    Dl_info where;

    return MODEL_BLAS && dladdr(code, &where) && where.dli_sname &&
           !strncmp(where.dli_sname, name, sizeof name - 1);
}

/* caller: an address in the code that called the function; NULL for those that no one may call. */
static void look(const char *function, const void *caller)
{
    if (atomic_load(&forbidden) && !(caller && is_small_product(caller))) {
        static const char text[] = " was called in a step\n";
        ssize_t written = write(STDERR_FILENO, function, strlen(function));
        written += write(STDERR_FILENO, text, sizeof text - 1);
        _exit(written > 0 ? 3 : 4);
    }
}

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void __libc_free(void *block);

void *malloc(size_t size)
{
    look("malloc", __builtin_return_address(0));
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    look("calloc", NULL);
    return __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    look("realloc", NULL);
    return __libc_realloc(old, size);
}

void *memalign(size_t alignment, size_t size)
{
    look("memalign", NULL);
    return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    look("aligned_alloc", NULL);
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **block, size_t alignment, size_t size)
{
    look("posix_memalign", NULL);
    *block = __libc_memalign(alignment, size);
    return *block ? 0 : 12; /* ENOMEM */
}

void free(void *block)
{
    look("free", __builtin_return_address(0));
    __libc_free(block);
}

void *mmap(void *address, size_t size, int protection, int flags, int file, off_t offset)
{
    look("mmap", NULL);
    return (void *)syscall(SYS_mmap, address, size, protection, flags, file, offset);
}

int munmap(void *address, size_t size)
{
    look("munmap", NULL);
    return (int)syscall(SYS_munmap, address, size);
}

/* --- a step, and what it must not do ---------------------------------------------------------- */

static pid_t main_thread;
static const char *offence = "";

static void offend(const void *arguments, int index, void *scratch)
{
    static atomic_int both;
    int is_worker = gettid() != main_thread;
    (void)arguments;
    (void)index;
    (void)scratch;
    atomic_fetch_add(&both, 1);
    while (atomic_load(&both) < pool_threads()) {
    }
    if (is_worker == !strcmp(offence, "worker")) {
        void *(*volatile allocate)(size_t) = malloc; /* no compiler leaves it out */
        free(allocate(1));
    }
}

static void step(int n)
{
    atomic_store(&forbidden, 1);
    drive_step(n);
    if (!strcmp(offence, "map")) {
        mmap(NULL, 1, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    } else if (*offence) {
        pool_run(pool_threads(), offend, NULL);
    }
    atomic_store(&forbidden, 0);
}

int main(int argc, char **argv)
{
    struct error error;
    main_thread = gettid();
    if (argc > 1) {
        offence = argv[1];
    }
    if (context_open(&error) || pool_start(2, &error)) {
        printf("can't begin\n");
        return 1;
    }
    drive_start();
    for (int i = 0; i < 10; i++) {
        step(i % 2 ? MODEL_BATCH / 2 : MODEL_BATCH);
    }
    atomic_store(&forbidden, 1);
    drive_evaluate(MODEL_BATCH);
    atomic_store(&forbidden, 0);
    pool_stop();
    return 0;
}
