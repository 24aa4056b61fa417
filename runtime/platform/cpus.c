/* cpus.c - see cpus.h
 *
 * /proc/self/cgroup says in which group the process is ("0::/a/b" in version 2,
 * "4:cpu,cpuacct:/a/b" in 1), /proc/self/mountinfo where the groups' files are, and from which
 * group on: a container sees only a part of them. */
#include "platform/cpus.h"

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { PATH_BYTES = 1024, LINE_BYTES = 2 * PATH_BYTES };

/* Whether the list has the word, with a comma after each. */
static bool has_word(const char *list, const char *word)
{
    size_t length = strlen(word);

    for (; *list; list += strcspn(list, ","), list += *list == ',')
        if (strcspn(list, ",\n") == length && strncmp(list, word, length) == 0)
            return true;
    return false;
}

static FILE *open_below(const char *root, const char *path)
{
    char whole[2 * PATH_BYTES];
    int length = snprintf(whole, sizeof whole, "%s%s", root, path);

    return length > 0 && length < (int)sizeof whole ? fopen(whole, "r") : NULL;
}

/* group[PATH_BYTES] := the process's, with the controller cpu in version 1. */
static bool find_group(const char *root, int version, char *group)
{
    FILE *file = open_below(root, "/proc/self/cgroup");
    char line[LINE_BYTES];
    bool found = false;

    while (file && !found && fgets(line, sizeof line, file)) {
        char *controllers = strchr(line, ':'),
             *path = controllers ? strchr(++controllers, ':') : NULL;

        if (!path)
            continue;
        *path++ = '\0';
        path[strcspn(path, "\n")] = '\0';
        found = version == 2 ? !*controllers : has_word(controllers, "cpu");
        if (found)
            snprintf(group, PATH_BYTES, "%s", path);
    }
    if (file)
        fclose(file);
    return found;
}

/* top[PATH_BYTES] and mount[PATH_BYTES] := the uppermost group seen, and the folder of its files.
 */
static bool find_mount(const char *root, int version, char *top, char *mount)
{
    FILE *file = open_below(root, "/proc/self/mountinfo");
    char line[LINE_BYTES], type[16], options[256];
    bool found = false;

    while (file && !found && fgets(line, sizeof line, file)) {
        const char *rest = strstr(line, " - ");

        found = rest && sscanf(line, "%*s %*s %*s %1023s %1023s", top, mount) == 2 &&
                sscanf(rest, " - %15s %*s %255s", type, options) == 2 &&
                (version == 2 ? strcmp(type, "cgroup2") == 0
                              : strcmp(type, "cgroup") == 0 && has_word(options, "cpu"));
    }
    if (file)
        fclose(file);
    return found;
}

/* How many of two numbers the file begins with. */
static int read_numbers(const char *root, const char *folder, const char *name, long long *first,
                        long long *second)
{
    char path[2 * PATH_BYTES];
    int length = snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = length > 0 && length < (int)sizeof path ? open_below(root, path) : NULL;
    int count = file ? fscanf(file, "%lld %lld", first, second) : 0;

    if (file)
        fclose(file);
    return count;
}

/* CPUs that one group may use: microseconds of them in a period; INT_MAX: no quota. */
static int quota_of(const char *root, int version, const char *folder)
{
    long long quota = 0, period = 0, unused;
    bool read = version == 2
                    ? read_numbers(root, folder, "cpu.max", &quota, &period) == 2
                    : read_numbers(root, folder, "cpu.cfs_quota_us", &quota, &unused) >= 1 &&
                          read_numbers(root, folder, "cpu.cfs_period_us", &period, &unused) >= 1;

    if (!read || quota <= 0 || period <= 0 || (quota - 1) / period >= INT_MAX)
        return INT_MAX;
    return (int)((quota - 1) / period) + 1;
}

/* The part of a group's path below the uppermost one that is seen; that one itself if it lies
 * elsewhere, as some containers show it. */
static const char *below(const char *group, const char *top)
{
    size_t length = strcmp(top, "/") == 0 ? 0 : strlen(top);

    if (strncmp(group, top, length) || (group[length] && group[length] != '/') ||
        strncmp(group, "/..", 3) == 0)
        return "";
    return group + length;
}

static int smallest_quota(const char *root, int version)
{
    char group[PATH_BYTES], top[PATH_BYTES], folder[2 * PATH_BYTES];
    int least = INT_MAX;
    size_t mounted;

    if (!find_group(root, version, group) || !find_mount(root, version, top, folder))
        return INT_MAX;
    mounted = strlen(folder);
    snprintf(folder + mounted, sizeof folder - mounted, "%s", below(group, top));
    for (;;) {
        int quota = quota_of(root, version, folder);

        least = quota < least ? quota : least;
        if (strlen(folder) <= mounted)
            return least;
        *strrchr(folder, '/') = '\0';
    }
}

int cpus_of_quota(const char *root)
{
    int one = smallest_quota(root, 1), two = smallest_quota(root, 2);

    return one < two ? one : two;
}
