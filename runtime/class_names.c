/* class_names.c - see class_names.h */
#include "class_names.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "files.h"

/* A name fit for CSV and for gnuplot. */
static bool read_name(FILE *file, char name[CLASS_NAME_BYTES])
{
    size_t length;

    if (!fgets(name, CLASS_NAME_BYTES, file))
        return false;
    length = strcspn(name, "\r\n");
    if (length == 0 || !name[length]) /* empty, or too long */
        return false;
    name[length] = '\0';
    for (const char *c = name; *c; c++)
        if (!isprint((unsigned char)*c) || strchr(",\"'\\", *c))
            return false;
    return true;
}

static bool read_names(char (*names)[CLASS_NAME_BYTES], const char *path)
{
    char rest[CLASS_NAME_BYTES];
    FILE *file = fopen(path, "r");
    bool complete = file != NULL;

    for (int i = 0; complete && i < MODEL_CLASSES; i++)
        complete = read_name(file, names[i]);
    if (complete)
        complete = !read_name(file, rest);
    if (file)
        fclose(file);
    return complete;
}

void class_names_fill(char (*names)[CLASS_NAME_BYTES], const struct model_data *set,
                      const char *folder)
{
    char path[FILES_PATH_BYTES];
    struct error unused;

    if (set->names)
        for (int i = 0; i < MODEL_CLASSES; i++)
            snprintf(names[i], CLASS_NAME_BYTES, "%s", set->names[i]);
    else if (!set->names_file || files_join(path, folder, set->names_file, &unused) != 0 ||
             !read_names(names, path))
        for (int i = 0; i < MODEL_CLASSES; i++)
            snprintf(names[i], CLASS_NAME_BYTES, "%d", i);
}
