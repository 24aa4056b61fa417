/* Preloaded into a trainer: the FAIL_AT'th write (from 1) to a file whose name ends with FAIL_FILE
 * fails once, as on a disk that is full for a moment. */
#define _GNU_SOURCE

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int is_chosen(int descriptor)
{
    const char *ending = getenv("FAIL_FILE");
    char link[64], path[4096];
    ssize_t length;

    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    length = readlink(link, path, sizeof path);
    return ending && length >= (ssize_t)strlen(ending) &&
           memcmp(path + length - strlen(ending), ending, strlen(ending)) == 0;
}

ssize_t write(int descriptor, const void *bytes, size_t count)
{
    static ssize_t (*real)(int, const void *, size_t);
    static int seen;

    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "write");
    if (is_chosen(descriptor) && ++seen == atoi(getenv("FAIL_AT"))) {
        errno = ENOSPC;
        return -1;
    }
    return real(descriptor, bytes, count);
}
