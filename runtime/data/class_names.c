/* class_names.c - see class_names.h */

#include "data/class_names.h"

#include <stdio.h>
#include <string.h>

#include "platform/files.h"
#include "utf8.h"

static bool is_name(const char *text)
{
    return *text != '\0' && strlen(text) < CLASS_NAME_BYTES && utf8_is_line(text);
}

/* What editors of another system put first. */
static void skip_byte_order_mark(FILE *file)
{
    char bytes[3];

    if (fread(bytes, 1, sizeof bytes, file) != sizeof bytes ||
        memcmp(bytes, "\xEF\xBB\xBF", 3) != 0)
        rewind(file);
}

/* Up to the end of the line, at most what the buffer holds; false at the end of the file. */
static bool read_line(FILE *file, char line[CLASS_NAME_BYTES + 2])
{
    if (!fgets(line, CLASS_NAME_BYTES + 2, file)) /* a name, CR and LF, or what is too long */
        return false;
    line[strcspn(line, "\r\n")] = '\0';
    return true;
}

static int read_names(FILE *file, const char *path, char (*names)[CLASS_NAME_BYTES],
                      struct error *error)
{
    char line[CLASS_NAME_BYTES + 2];

    skip_byte_order_mark(file);
    for (int i = 0; i < MODEL_CLASSES; i++) {
        if (!read_line(file, line))
            return error_set(error, "%s: %d names, but there are %d classes", path, i,
                             (int)MODEL_CLASSES);
        if (!is_name(line))
            return error_set(error,
                             "%s:%d: a name is 1 to %d bytes of UTF-8 without control characters; "
                             "give the class another",
                             path, i + 1, CLASS_NAME_BYTES - 1);
        memcpy(names[i], line, strlen(line) + 1);
    }
    while (read_line(file, line))
        if (line[0])
            return error_set(error, "%s: more names than the %d classes", path, (int)MODEL_CLASSES);
    return 0;
}

static int read_file(const char *path, char (*names)[CLASS_NAME_BYTES], struct error *error)
{
    uint64_t bytes;
    FILE *file = files_open(path, &bytes, error);
    int result;

    if (!file)
        return -1;
    result = read_names(file, path, names, error);
    fclose(file);
    return result;
}

int class_names_read(char (*names)[CLASS_NAME_BYTES], bool *named, const struct model_data *set,
                     const char *folder, struct error *error)
{
    char path[FILES_PATH_BYTES];

    *named = true;
    if (set->names) {
        for (int i = 0; i < MODEL_CLASSES; i++)
            snprintf(names[i], CLASS_NAME_BYTES, "%s", set->names[i]);
        return 0;
    }
    if (set->names_file) {
        if (files_join(path, folder, set->names_file, error))
            return -1;
        if (files_is_there(path))
            return read_file(path, names, error);
    }
    *named = false;
    for (int i = 0; i < MODEL_CLASSES; i++)
        snprintf(names[i], CLASS_NAME_BYTES, "%d", i);
    return 0;
}
