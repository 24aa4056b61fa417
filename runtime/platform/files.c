/* files.c - see files.h */
#define _POSIX_C_SOURCE 200809L
#define _FILE_OFFSET_BITS 64 /* on 32-bit machines, too: file systems number files beyond that */

#include "platform/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int files_join(char *dst, const char *folder, const char *name, struct error *error)
{
    int length = snprintf(dst, FILES_PATH_BYTES, "%s/%s", folder, name);

    if (length < 0 || length >= FILES_PATH_BYTES)
        return error_set(error, "path too long: %.60s.../%.60s", folder, name);
    return 0;
}

bool files_is_there(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0;
}

bool files_is_taken(const char *path)
{
    struct stat status;

    return lstat(path, &status) == 0;
}

bool files_is_special(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && !S_ISREG(status.st_mode);
}

FILE *files_open_log(const char *path, bool go_on, struct error *error)
{
    /* O_NONBLOCK: a pipe that nobody reads is refused, not waited for */
    int flags = O_CREAT | O_CLOEXEC | O_NONBLOCK | (go_on ? O_RDWR | O_APPEND : O_WRONLY | O_TRUNC);
    int descriptor = open(path, flags, 0666);
    FILE *file = NULL;

    if (descriptor >= 0 && fcntl(descriptor, F_SETFL, flags & O_APPEND) == 0)
        file = fdopen(descriptor, go_on ? "a+" : "w");
    if (!file)
        error_set(error, "%s: cannot write: %s", path,
                  errno == ENXIO ? "a pipe or device that nobody reads" : strerror(errno));
    if (!file && descriptor >= 0)
        close(descriptor);
    return file;
}

FILE *files_open_memory(char **bytes, size_t *length)
{
    return open_memstream(bytes, length);
}

int files_seek(FILE *file, uint64_t at)
{
    return fseeko(file, (off_t)at, SEEK_SET);
}

uint64_t files_at(FILE *file)
{
    return (uint64_t)ftello(file);
}

int files_cut(FILE *file, uint64_t bytes)
{
    return ftruncate(fileno(file), (off_t)bytes);
}

uint64_t files_bytes(FILE *file)
{
    struct stat status;

    return fstat(fileno(file), &status) == 0 ? (uint64_t)status.st_size : 0;
}

/* ---- locks ---- */

static enum files_lock lock(int descriptor, long *holder)
{
    struct flock wanted = {.l_type = F_WRLCK, .l_whence = SEEK_SET}, found;

    *holder = 0;
    if (fcntl(descriptor, F_SETLK, &wanted) == 0)
        return FILES_LOCKED;
    if (errno != EACCES && errno != EAGAIN)
        return FILES_NO_LOCKS;
    found = wanted;
    /* of another container's process the number is 0 */
    if (fcntl(descriptor, F_GETLK, &found) == 0 && found.l_type != F_UNLCK && found.l_pid > 0)
        *holder = (long)found.l_pid;
    return FILES_HELD;
}

enum files_lock files_lock(FILE *file, long *holder)
{
    return lock(fileno(file), holder);
}

/* ---- files in the making ---- */

static const char part[] = ".part";

/* The length of NAME in NAME.PROCESS.part, NAME.PROCESS-N.part or NAME.part; 0: it is none of
 * these. */
static size_t length_of_part(const char *name)
{
    size_t length = strlen(name), digits;

    if (length < sizeof part || strcmp(name + length - (sizeof part - 1), part) != 0)
        return 0;
    length -= sizeof part - 1;
    digits = length;
    while (digits > 0 && strchr("0123456789-", name[digits - 1]))
        digits--;
    return digits > 1 && digits < length && name[digits - 1] == '.' ? digits - 1 : length;
}

/* What another process writes is locked; where there are no locks, nobody knows, and it stays. */
static void remove_if_left(int folder, const char *name)
{
    int descriptor = openat(folder, name, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    struct stat status;
    long holder;

    if (descriptor < 0)
        return;
    if (fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) &&
        lock(descriptor, &holder) == FILES_LOCKED)
        unlinkat(folder, name, 0);
    close(descriptor);
}

void files_remove_left(const char *folder, bool (*is_wanted)(const char *name))
{
    DIR *directory = opendir(folder);
    const struct dirent *entry;
    char name[sizeof entry->d_name];

    if (!directory)
        return;
    while ((entry = readdir(directory))) {
        snprintf(name, sizeof name, "%.*s", (int)length_of_part(entry->d_name), entry->d_name);
        if (name[0] && is_wanted(name))
            remove_if_left(dirfd(directory), entry->d_name);
    }
    closedir(directory);
}

/* folder[FILES_PATH_BYTES] := the folder of a path that is shorter. */
static void folder_of(char *folder, const char *path)
{
    const char *slash = strrchr(path, '/');
    int length = slash ? (int)(slash - path) : 0;

    snprintf(folder, FILES_PATH_BYTES, "%.*s", length ? length : 1,
             length  ? path
             : slash ? "/"
                     : ".");
}

static const char *base_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

/* The same of one path's own. */
static void remove_left_of(const char *path)
{
    char folder[FILES_PATH_BYTES];
    const char *base = base_of(path);
    size_t length = strlen(base);
    const struct dirent *entry;
    DIR *directory;

    folder_of(folder, path);
    if (!(directory = opendir(folder)))
        return;
    while ((entry = readdir(directory)))
        if (length_of_part(entry->d_name) == length && memcmp(entry->d_name, base, length) == 0)
            remove_if_left(dirfd(directory), entry->d_name);
    closedir(directory);
}

/* A new file of a name that is nobody else's. NULL, and errno. */
static FILE *create_part(struct files_aside *aside, const char *path)
{
    int descriptor = -1;
    long holder;
    FILE *file;

    for (int i = 0; descriptor < 0 && i < 100; i++) {
        /* processes of two containers may have one number */
        int length = i ? snprintf(aside->temporary, sizeof aside->temporary, "%s.%ld-%d%s", path,
                                  (long)getpid(), i, part)
                       : snprintf(aside->temporary, sizeof aside->temporary, "%s.%ld%s", path,
                                  (long)getpid(), part);

        if (length < 0 || (size_t)length >= sizeof aside->temporary) {
            errno = ENAMETOOLONG;
            return NULL;
        }
        descriptor = open(aside->temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (descriptor < 0 && errno != EEXIST)
            return NULL;
    }
    if (descriptor < 0)
        return NULL;
    lock(descriptor, &holder);
    file = fdopen(descriptor, "wb");
    if (!file) {
        close(descriptor);
        unlink(aside->temporary);
    }
    return file;
}

int files_open_aside(struct files_aside *aside, const char *path, struct error *error)
{
    struct stat status;

    if (strlen(path) >= FILES_PATH_BYTES)
        return error_set(error, "path too long: %.60s...", path);
    aside->path = path;
    /* rename() would replace a device such as /dev/null by a file */
    if (stat(path, &status) == 0 && !S_ISREG(status.st_mode))
        return error_set(error, "%s: not a regular file; give another name", path);
    remove_left_of(path);
    aside->file = create_part(aside, path);
    if (!aside->file)
        return error_set(error, "%s: cannot write: %s", path, strerror(errno));
    return 0;
}

int files_set_aside(const char *path, char *moved, struct error *error)
{
    static const char suffix[] = ".earlier-";
    char number[12];
    size_t length = strlen(path);
    struct stat status;

    moved[0] = '\0';
    if (lstat(path, &status) || !S_ISREG(status.st_mode) || status.st_size == 0)
        return 0;
    if (length + sizeof suffix + sizeof number > FILES_PATH_BYTES)
        return error_set(error, "path too long: %.60s...", path);
    memcpy(moved, path, length);
    memcpy(moved + length, suffix, sizeof suffix);
    length += sizeof suffix - 1;
    for (int i = 1; i < INT_MAX; i++) {
        snprintf(number, sizeof number, "%d", i);
        memcpy(moved + length, number, sizeof number);
        if (lstat(moved, &status) == 0)
            continue;
        if (rename(path, moved) == 0)
            return 0;
        break;
    }
    return error_set(error, "%s: cannot move: %s", path, strerror(errno));
}

/* After a crash of the machine the new name must be there, or the old one: the folder is data too.
 * Some file systems cannot sync a folder; the file itself is safe by then. */
static void sync_folder(const char *path)
{
    char folder[FILES_PATH_BYTES];
    int descriptor;

    folder_of(folder, path);
    descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return;
    fsync(descriptor);
    close(descriptor);
}

int files_commit(struct files_aside *aside, struct error *error)
{
    FILE *file = aside->file;
    int failed = fflush(file) || ferror(file) || fsync(fileno(file)) ? errno : 0;

    if (fclose(file) && !failed)
        failed = errno;
    aside->file = NULL;
    if (!failed && rename(aside->temporary, aside->path))
        failed = errno;
    if (failed) {
        unlink(aside->temporary);
        return error_set(error, "%s: cannot write: %s", aside->path, strerror(failed));
    }
    sync_folder(aside->path);
    return 0;
}

void files_abandon(struct files_aside *aside)
{
    fclose(aside->file);
    aside->file = NULL;
    unlink(aside->temporary);
}

FILE *files_open(const char *path, uint64_t *bytes, struct error *error)
{
    struct stat status;
    /* O_NONBLOCK: a pipe is refused below, not waited for */
    int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    FILE *file = NULL;

    if (descriptor < 0)
        error_set(error, "%s: cannot open: %s", path, strerror(errno));
    else if (fstat(descriptor, &status))
        error_set(error, "%s: cannot read: %s", path, strerror(errno));
    else if (!S_ISREG(status.st_mode))
        error_set(error, "%s: not a regular file", path);
    else if (!(file = fdopen(descriptor, "rb")))
        error_set(error, "%s: cannot open: %s", path, strerror(errno));
    if (file)
        *bytes = (uint64_t)status.st_size;
    else if (descriptor >= 0)
        close(descriptor);
    return file;
}

int files_copy(const char *from, const char *to, struct error *error)
{
    struct files_aside aside = {.file = NULL};
    uint64_t size;
    FILE *source = files_open(from, &size, error);
    char bytes[4096];
    size_t count;

    if (!source)
        return -1;
    if (files_open_aside(&aside, to, error)) {
        fclose(source);
        return -1;
    }
    while ((count = fread(bytes, 1, sizeof bytes, source)) > 0 &&
           fwrite(bytes, 1, count, aside.file) == count)
        ;
    if (ferror(source)) {
        fclose(source);
        files_abandon(&aside);
        return error_set(error, "%s: cannot read", from);
    }
    fclose(source);
    return files_commit(&aside, error);
}

static int read_whole(FILE *file, const char *path, size_t length, uint8_t **bytes,
                      struct error *error)
{
    *bytes = malloc(length ? length : 1);
    if (!*bytes)
        return error_set(error, "%s: no memory to read it; close other programs", path);
    if (fread(*bytes, 1, length, file) == length)
        return 0;
    free(*bytes);
    *bytes = NULL;
    return error_set(error, "%s: cannot read all of it", path);
}

int files_read(const char *path, size_t most, uint8_t **bytes, size_t *length, struct error *error)
{
    uint64_t size;
    FILE *file = files_open(path, &size, error);
    int result;

    *bytes = NULL;
    *length = 0;
    if (!file)
        return -1;
    if (size > most) {
        fclose(file);
        return error_set(error, "%s: more than %zu bytes", path, most);
    }
    result = read_whole(file, path, (size_t)size, bytes, error);
    if (result == 0)
        *length = (size_t)size;
    fclose(file);
    return result;
}
