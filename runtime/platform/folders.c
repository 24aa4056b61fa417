/* folders.c - see folders.h */
#define _POSIX_C_SOURCE 200809L
#define _FILE_OFFSET_BITS 64 /* on 32-bit machines, too: file systems number files beyond that */

#include "platform/folders.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/files.h"

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

int folders_make(const char *path, struct error *error)
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

bool folders_is(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

bool folders_are_same(const char *one, const char *other)
{
    struct stat a, b;

    return stat(one, &a) == 0 && stat(other, &b) == 0 && a.st_dev == b.st_dev &&
           a.st_ino == b.st_ino;
}

static bool is_folder_in(int folder, const char *name)
{
    struct stat status;

    return fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(status.st_mode);
}

int folders_each(const char *folder, int (*visit)(const char *name, bool is_folder, void *context),
                 void *context, struct error *error)
{
    DIR *directory = opendir(folder);
    const struct dirent *entry;
    int result = 0;

    if (!directory)
        return error_set(error, "%s: cannot read the folder: %s", folder, strerror(errno));
    while (visit && result == 0) {
        errno = 0;
        if (!(entry = readdir(directory))) {
            result =
                errno ? error_set(error, "%s: cannot read the folder: %s", folder, strerror(errno))
                      : 0;
            break;
        }
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            result = visit(entry->d_name, is_folder_in(dirfd(directory), entry->d_name), context);
    }
    closedir(directory);
    return result;
}
