/* Which class is taken for which, the names of classes, the table. */
#define _POSIX_C_SOURCE 200809L

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "evaluation/confusion.h"

static const char ten_names[] = "plane\ncar\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\nlorry\n";
static struct error error;

/* A table with the names of a file of this text. What confusion_open returns. */
static int try_names(struct confusion *confusion, const char *text)
{
    char folder[] = "/tmp/castnet-names-XXXXXX", path[64];
    FILE *file;
    int result;

    cr_assert_not_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/batches.meta.txt", folder);
    file = fopen(path, "w");
    fputs(text, file);
    fclose(file);
    result = confusion_open(confusion, folder, &error);
    remove(path);
    rmdir(folder);
    return result;
}

static struct confusion open_with(const char *text)
{
    struct confusion confusion;

    cr_assert_eq(try_names(&confusion, text), 0, "%s", error.text);
    return confusion;
}

static void expect_refused(const char *text, const char *what)
{
    struct confusion confusion;

    cr_expect_eq(try_names(&confusion, text), -1, "%s", text);
    cr_expect(strstr(error.text, "batches.meta.txt") && strstr(error.text, what), "%s", error.text);
    cr_expect(confusion.names == NULL && confusion.count == NULL);
}

static void expect_first_name(const char *text, const char *name)
{
    struct confusion confusion = open_with(text);

    cr_expect_str_eq(confusion.names[0], name, "%s", text);
    confusion_close(&confusion);
}

Test(confusion, names_or_numbers)
{
    struct confusion confusion;

    expect_first_name(ten_names, "plane");
    expect_first_name("plane\r\ncar\r\nb\nc\nd\nd\nf\nh\ns\nt\n\n", "plane");
    expect_first_name("L\xc3\xb6wenzahn, \"100 %\"\nb\nc\nd\ne\nf\ng\nh\ni\nj",
                      "L\xc3\xb6wenzahn, \"100 %\"");
    expect_first_name("\xef\xbb\xbf"
                      "a\nb\nc\nd\ne\nf\ng\nh\ni\nj",
                      "a");
    expect_refused("plane\ncar\n", "2 names, but there are 10");
    expect_refused("a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\n", "more names than the 10");
    expect_refused("a\nb\x1b[1m\nc\nd\ne\nf\ng\nh\ni\nj\n", ":2: a name is");
    expect_refused("a\nb\ngr\xfcn\nd\ne\nf\ng\nh\ni\nj\n", ":3: a name is");
    expect_refused("a\n\nc\nd\ne\nf\ng\nh\ni\nj\n", ":2: a name is");
    cr_assert_eq(confusion_open(&confusion, "/nonexistent", &error), 0);
    cr_expect_str_eq(confusion.names[9], "9");
    confusion_close(&confusion);
}

/* A name takes up to 255 bytes, whatever ends its line. */
Test(confusion, longest_names)
{
    char text[400], name[CLASS_NAME_BYTES];

    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    snprintf(text, sizeof text, "%s\r\nb\nc\nd\ne\nf\ng\nh\ni\nj\n", name);
    expect_first_name(text, name);
    snprintf(text, sizeof text, "%sx\nb\nc\nd\ne\nf\ng\nh\ni\nj\n", name);
    expect_refused(text, ":1: a name is");
}

Test(confusion, names_of_the_spec)
{
    static const char *const listed[MODEL_CLASSES] = {"a", "b", "c", "d", "e", "f", "g", "h", "i"};
    struct model_data set = MODEL(data);
    char names[MODEL_CLASSES][CLASS_NAME_BYTES];
    const char *all[MODEL_CLASSES];
    bool named = false;

    memcpy(all, listed, sizeof all);
    all[MODEL_CLASSES - 1] = "the last";
    set.names = all;
    cr_assert_eq(class_names_read(names, &named, &set, "/nonexistent", &error), 0);
    cr_expect(named);
    cr_expect_str_eq(names[0], "a");
    cr_expect_str_eq(names[MODEL_CLASSES - 1], "the last");
    set.names = NULL;
    set.names_file = NULL;
    cr_assert_eq(class_names_read(names, &named, &set, "/nonexistent", &error), 0);
    cr_expect(!named);
    cr_expect_str_eq(names[MODEL_CLASSES - 1], "9");
}

static void count_some(struct confusion *confusion)
{
    static const float logits[3][MODEL_CLASSES] = {{0, 2, 1}, {3, 3, 1}, {[9] = 1}};
    static const unsigned char labels[3] = {1, 1, 9};

    confusion_add(confusion, &logits[0][0], labels, 3);
}

Test(confusion, counts_the_first_of_the_largest)
{
    struct confusion confusion = open_with(ten_names);

    count_some(&confusion);
    confusion_clear(&confusion);
    count_some(&confusion);
    count_some(&confusion);
    cr_expect_eq(confusion.count[1 * MODEL_CLASSES + 1], 2);
    cr_expect_eq(confusion.count[1 * MODEL_CLASSES + 0], 2);
    cr_expect_eq(confusion.count[9 * MODEL_CLASSES + 9], 2);
    cr_expect_eq(confusion.count[0], 0);
    confusion_close(&confusion);
}

static void read_whole(FILE *file, char *text, size_t size)
{
    cr_assert_not_null(file);
    rewind(file);
    text[fread(text, 1, size - 1, file)] = '\0';
    fclose(file);
}

Test(confusion, is_saved_and_printed)
{
    char path[] = "/tmp/castnet-confusion-XXXXXX", text[4096];
    struct confusion confusion = open_with(ten_names);
    struct append log = {.file = tmpfile()};
    const struct console console = {.log = &log, .quiet = true};

    count_some(&confusion);
    close(mkstemp(path));
    cr_assert_eq(confusion_save(&confusion, path, &error), 0, "%s", error.text);
    read_whole(fopen(path, "r"), text, sizeof text);
    cr_expect(strstr(text, "true/predicted,plane,car,bird,cat,deer,dog,frog,horse,ship,lorry\n"
                           "plane,0,0,0,0,0,0,0,0,0,0\ncar,1,1,0,0") == text,
              "%s", text);
    cr_expect(strstr(text, "\nlorry,0,0,0,0,0,0,0,0,0,1\n") != NULL);
    confusion_print(&confusion, &console);
    read_whole(log.file, text, sizeof text);
    cr_expect(strstr(text, "  car         2   50.0 %    100.0 %  plane (1)\n"), "%s", text);
    cr_expect(strstr(text, "  lorry       1  100.0 %    100.0 %  none (0)\n"), "%s", text);
    confusion_close(&confusion);
    unlink(path);
}

Test(confusion, names_of_any_script_are_quoted_and_aligned)
{
    char path[] = "/tmp/castnet-confusion-XXXXXX", text[4096];
    struct confusion confusion = open_with(
        "#1\n\xe5\x90\x91\xe6\x97\xa5\xe8\x91\xb5\na, b\n\"q\"\nbird's nest\nf\ng\nh\ni\nj\n");
    struct append log = {.file = tmpfile()};
    const struct console console = {.log = &log, .quiet = true};

    count_some(&confusion);
    close(mkstemp(path));
    cr_assert_eq(confusion_save(&confusion, path, &error), 0, "%s", error.text);
    read_whole(fopen(path, "r"), text, sizeof text);
    cr_expect(strstr(text, "true/predicted,\"#1\",\xe5\x90\x91\xe6\x97\xa5\xe8\x91\xb5,\"a, b\","
                           "\"\"\"q\"\"\",bird's nest,f,g,h,i,j\n\"#1\",0,0,0,") == text,
              "%s", text);
    confusion_print(&confusion, &console);
    read_whole(log.file, text, sizeof text);
    cr_expect(strstr(text, "  #1                0 "), "%s", text);
    cr_expect(strstr(text, "  \xe5\x90\x91\xe6\x97\xa5\xe8\x91\xb5            2   50.0 %"), "%s",
              text);
    confusion_close(&confusion);
    unlink(path);
}

/* Class i of 30 has i of its 29 images right, the others are taken for the class after it. */
Test(confusion, of_many_classes_the_worst_and_the_best_are_printed)
{
    enum { CLASSES = 30, IMAGES = CLASSES - 1 };
    static int count[CLASSES * CLASSES];
    static char names[CLASSES][CLASS_NAME_BYTES];
    struct confusion confusion = {.classes = CLASSES, .count = count, .names = names};
    struct append log = {.file = tmpfile()};
    const struct console console = {.log = &log, .quiet = true};
    char text[4096];

    for (int i = 0; i < CLASSES; i++) {
        snprintf(names[i], CLASS_NAME_BYTES, "class%d", i);
        count[i * CLASSES + i] = i;
        count[i * CLASSES + (i + 1) % CLASSES] = IMAGES - i;
    }
    confusion_print(&confusion, &console);
    read_whole(log.file, text, sizeof text);
    cr_expect(strstr(text, "  class0       29    0.0 %      0.0 %  class1 (29)\n"), "%s", text);
    cr_expect(strstr(text, "  class7  "), "%s", text);
    cr_expect(!strstr(text, "  class8  ") && !strstr(text, "  class25  "), "%s", text);
    cr_expect(strstr(text, "... 18 classes between these"), "%s", text);
    cr_expect(strstr(text, "  class26  "), "%s", text);
    cr_expect(strstr(text, "  class29      29  100.0 %     96.7 %  none (0)\n"), "%s", text);
}
