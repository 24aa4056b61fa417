/* options_import.c - see options_import.h */
#define _GNU_SOURCE

#include "import/options_import.h"

#include <ctype.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum option_code {
    SIZE = 256, /* beyond any character, so that getopt's own codes stay apart */
    CHANNELS,
    SPLIT,
    SEED,
    NAME,
    INTO,
    QUIET,
    HELP
};

static const struct option known[] = {{"size", required_argument, NULL, SIZE},
                                      {"channels", required_argument, NULL, CHANNELS},
                                      {"split", required_argument, NULL, SPLIT},
                                      {"seed", required_argument, NULL, SEED},
                                      {"name", required_argument, NULL, NAME},
                                      {"into", required_argument, NULL, INTO},
                                      {"quiet", no_argument, NULL, QUIET},
                                      {"help", no_argument, NULL, HELP},
                                      {NULL, 0, NULL, 0}};

static void print_help(void)
{
    puts(
        "Usage: import [OPTION]... FOLDER\n"
        "Makes a data set of the pictures (PNG, JPEG, GIF, PPM) in FOLDER/train/CLASS/ and\n"
        "FOLDER/test/CLASS/ (or valid/), or in FOLDER/CLASS/ with --split; or of the IDX files in\n"
        "FOLDER, as MNIST has them. Prints what a spec says of it.\n");
    puts("  --size N               height and width of the images, or HxW (default: 32)\n"
         "  --channels N           3 for colour, 1 for luminance (default: 3)\n"
         "  --split X              test with this part of each class, above 0 and below 1\n"
         "                         (default: what test/ or valid/ has)\n"
         "  --seed N               which part that is, 0 to 2^64-1 (default: 1)\n"
         "  --name NAME            of the set (default: the folder's)\n"
         "  --into DIR             where its folder is made (default: build/data)\n"
         "  --quiet                no progress (default: off)\n"
         "  --help                 print this text, and stop");
}

/* A number of digits alone; false beyond `most`. */
static bool read_whole(const char **text, uint64_t most, uint64_t *value)
{
    const char *begin = *text;

    for (*value = 0; **text >= '0' && **text <= '9'; ++*text) {
        uint64_t digit = (uint64_t)(**text - '0');

        if (*value > (most - digit) / 10)
            return false;
        *value = 10 * *value + digit;
    }
    return *text > begin;
}

static int set_size(struct options_import *o, const char *text, struct error *error)
{
    enum { SIDE_MAX = 65536 };
    const char *at = text;
    uint64_t height, width;
    bool valid = read_whole(&at, SIDE_MAX, &height);

    width = height;
    if (valid && *at == 'x') {
        at++;
        valid = read_whole(&at, SIDE_MAX, &width);
    }
    if (!valid || *at || height == 0 || width == 0 || height * width > 1 << 26)
        return error_set(error, "--size %s: give a number of pixels, or HEIGHTxWIDTH", text);
    o->size_given = true;
    o->height = (int)height;
    o->width = (int)width;
    return 0;
}

static int set_split(struct options_import *o, const char *text, struct error *error)
{
    char *end;

    o->split = strtod(text, &end);
    if (text[strspn(text, "0123456789.")] || *end || !(o->split > 0 && o->split < 1))
        return error_set(error, "--split %s: give a number above 0 and below 1, such as 0.2", text);
    return 0;
}

static bool is_name(const char *text)
{
    size_t length = strlen(text);

    if (length == 0 || length >= OPTIONS_NAME_BYTES || !isalpha((unsigned char)text[0]))
        return false;
    return text[strspn(
               text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 _-")] == '\0';
}

/* As the set's folder is called, see gen/spec/data.lua. */
static int set_name(struct options_import *o, const char *text, size_t length, const char *hint,
                    struct error *error)
{
    char *to = o->shortened;

    snprintf(o->name, sizeof o->name, "%.*s",
             (int)(length < sizeof o->name ? length : sizeof o->name - 1), text);
    if (length >= sizeof o->name || !is_name(o->name))
        return error_set(error,
                         "%.*s: %sa set's name is up to 40 letters, digits, spaces, - and _, of "
                         "which the first is a letter",
                         (int)(length < 200 ? length : 200), text, hint);
    for (const char *c = o->name; *c; c++)
        if (isalnum((unsigned char)*c))
            *to++ = (char)tolower((unsigned char)*c);
    *to = '\0';
    if (strcmp(o->shortened, "cifar10") == 0 || strcmp(o->shortened, "cifar100") == 0)
        return error_set(error, "%s: has files of its own in build/data; give another --name",
                         o->name);
    return 0;
}

/* "photos//" -> "photos" */
static const char *without_slashes(char *path)
{
    size_t end = strlen(path);

    while (end > 1 && path[end - 1] == '/')
        path[--end] = '\0';
    return path;
}

/* The last part of its path. */
static int name_after_folder(struct options_import *o, struct error *error)
{
    size_t end = strlen(o->folder), begin;

    for (begin = end; begin > 0 && o->folder[begin - 1] != '/';)
        begin--;
    return set_name(o, o->folder + begin, end - begin, "give --name; ", error);
}

static int apply(struct options_import *o, int code, const char *text, const char **into,
                 struct error *error)
{
    const char *at = text;
    uint64_t value;

    switch (code) {
    case SIZE:
        return set_size(o, text, error);
    case CHANNELS:
        if (strcmp(text, "1") != 0 && strcmp(text, "3") != 0)
            return error_set(error, "--channels %s: give 3, or 1 for luminance", text);
        o->size_given = true;
        o->channels = text[0] - '0';
        return 0;
    case SPLIT:
        return set_split(o, text, error);
    case SEED:
        if (!read_whole(&at, UINT64_MAX, &value) || *at)
            return error_set(error, "--seed %s: give an integer from 0 to 2^64-1", text);
        o->seed = value;
        return 0;
    case NAME:
        return set_name(o, text, strlen(text), "", error);
    case INTO:
        *into = text;
        return 0;
    default: /* QUIET */
        o->quiet = true;
        return 0;
    }
}

int options_import_parse(struct options_import *options, int argc, char **argv, struct error *error)
{
    const char *into = "build/data";
    int code, at;

    *options = (struct options_import){.height = 32, .width = 32, .channels = 3, .seed = 1};
    opterr = 0; /* we report */
    while (at = optind, (code = getopt_long(argc, argv, ":", known, NULL)) != -1) {
        if (code == ':')
            return error_set(error, "%s: a value must follow; see --help", argv[at]);
        if (code == '?')
            return error_set(error, "%s: unknown option; see --help", argv[at]);
        if (code == HELP) {
            print_help();
            return OPTIONS_IMPORT_DONE;
        }
        if (apply(options, code, optarg, &into, error))
            return -1;
    }
    if (argc - optind != 1 || !*argv[optind])
        return error_set(error, "give one folder of pictures; see --help");
    options->folder = without_slashes(argv[optind]);
    if (!options->name[0] && name_after_folder(options, error))
        return -1;
    return files_join(options->out, into, options->shortened, error) ? -1 : OPTIONS_IMPORT_RUN;
}
