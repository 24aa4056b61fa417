/* append.c - see append.h */
#define _POSIX_C_SOURCE 200809L

#include "platform/append.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static void flush(struct append *append)
{
    size_t done = 0;

    while (done < append->kept) {
        ssize_t count = write(fileno(append->file), append->text + done, append->kept - done);

        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0) {
            append->cause = count < 0 ? errno : EIO;
            break;
        }
        done += (size_t)count;
    }
    append->kept -= done;
    memmove(append->text, append->text + done, append->kept);
}

int append_text(struct append *append, const char *text, size_t length)
{
    if (length > sizeof append->text - append->kept)
        flush(append);
    if (length > sizeof append->text - append->kept) {
        append->lost = true;
        return -1;
    }
    memcpy(append->text + append->kept, text, length);
    append->kept += length;
    flush(append);
    return 0;
}

/* Pipes, devices and some file systems have nothing to bring to a disk. */
static bool is_no_disk(int cause)
{
    return cause == EINVAL || cause == ENOTSUP || cause == EROFS;
}

int append_sync(struct append *append)
{
    flush(append);
    if (append->kept > 0 || append->lost)
        return append->cause;
    return fsync(fileno(append->file)) && !is_no_disk(errno) ? errno : 0;
}

int append_close(struct append *append)
{
    int cause;

    if (!append->file)
        return 0;
    cause = append_sync(append);
    if (fclose(append->file) && !cause)
        cause = errno;
    append->file = NULL;
    return cause;
}
