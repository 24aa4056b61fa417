/* files.c - see files.h */
#define _POSIX_C_SOURCE 200809L

#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int make_one(const char *path, struct error *error)
{
    struct stat status;

    if (mkdir(path, 0777) == 0)
        return 0;
    if (errno == EEXIST && stat(path, &status) == 0) {
        if (S_ISDIR(status.st_mode))
            return 0;
        errno = ENOTDIR;
    }
    return error_set(error, "%s: cannot make the folder: %s", path, strerror(errno));
}

int files_make_folder(const char *path, struct error *error)
{
    char part[FILES_PATH_BYTES];
    size_t length = strlen(path);

    if (length == 0 || length >= sizeof part)
        return error_set(error, "folder name is %s", length ? "too long" : "empty");
    memcpy(part, path, length + 1);
    for (size_t i = 1; i < length; i++) {
        if (part[i] != '/')
            continue;
        part[i] = '\0';
        if (make_one(part, error))
            return -1;
        part[i] = '/';
    }
    if (make_one(part, error))
        return -1;
    if (access(path, W_OK | X_OK))
        return error_set(error, "%s: cannot write to the folder: %s", path, strerror(errno));
    return 0;
}

int files_join(char *dst, const char *folder, const char *name, struct error *error)
{
    int length = snprintf(dst, FILES_PATH_BYTES, "%s/%s", folder, name);

    if (length < 0 || length >= FILES_PATH_BYTES)
        return error_set(error, "path too long: %.60s.../%.60s", folder, name);
    return 0;
}

int files_open_aside(struct files_aside *aside, const char *path, struct error *error)
{
    struct stat status;
    int length = snprintf(aside->temporary, sizeof aside->temporary, "%s.part", path);

    if (length < 0 || (size_t)length >= sizeof aside->temporary)
        return error_set(error, "path too long: %.60s...", path);
    memcpy(aside->path, path, strlen(path) + 1);
    /* rename() would replace a device such as /dev/null by a file */
    if (stat(path, &status) == 0 && !S_ISREG(status.st_mode))
        return error_set(error, "%s: not a regular file; give another name", path);
    aside->file = fopen(aside->temporary, "wb");
    if (!aside->file)
        return error_set(error, "%s: cannot write: %s", aside->temporary, strerror(errno));
    return 0;
}

/* After a crash of the machine the new name must be there, or the old one: the folder is data too.
 * Some file systems cannot sync a folder; the file itself is safe by then. */
static void sync_folder(const char *path)
{
    char folder[FILES_PATH_BYTES];
    const char *slash = strrchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) : 0;
    int descriptor;

    if (!slash)
        memcpy(folder, ".", 2);
    else if (length == 0)
        memcpy(folder, "/", 2);
    else {
        memcpy(folder, path, length);
        folder[length] = '\0';
    }
    descriptor = open(folder, O_RDONLY | O_DIRECTORY);
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
