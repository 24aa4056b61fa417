/* What a run prints and writes, and the folders it makes. */
#define _POSIX_C_SOURCE 200809L

#include <criterion/criterion.h>
#include <math.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "platform/files.h"
#include "platform/folders.h"
#include "show/csv_log.h"
#include "show/progress.h"

static void read_text(FILE *file, char *text, size_t size)
{
    rewind(file);
    text[fread(text, 1, size - 1, file)] = '\0';
    fclose(file);
}

Test(log, epoch_is_one_line)
{
    struct epoch_result epoch = {.epoch = 3,
                                 .epochs = 20,
                                 .train_loss = 1.23456,
                                 .train_accuracy = 0.5512,
                                 .tested = true,
                                 .test_loss = 1.1,
                                 .test_accuracy = 0.60104,
                                 .test_images = 10000,
                                 .seconds = 55.14,
                                 .images_per_second = 912.4,
                                 .lr = 1e-3};
    char text[EPOCH_RESULT_BYTES];

    epoch_result_describe(text, &epoch);
    cr_expect_str_eq(text, "epoch 3/20  train loss 1.2346  accuracy 55.12 %  test loss 1.1000  "
                           "accuracy 60.10 % +- 0.49  55.1 s  912 images/s  lr 0.001");
    epoch.tested = false;
    epoch_result_describe(text, &epoch);
    cr_expect_str_eq(text, "epoch 3/20  train loss 1.2346  accuracy 55.12 %  55.1 s  912 images/s  "
                           "lr 0.001");
    epoch.validated = epoch.tested = true;
    epoch.val_loss = 1.2;
    epoch.val_accuracy = 0.59;
    epoch.val_images = 5000;
    epoch_result_describe(text, &epoch);
    cr_expect_str_eq(
        text, "epoch 3/20  train loss 1.2346  accuracy 55.12 %  val loss 1.2000  "
              "accuracy 59.00 % +- 0.70  test loss 1.1000  accuracy 60.10 % +- 0.49  55.1 s  912 "
              "images/s  lr 0.001");
}

Test(log, steps_are_rows_with_all_digits_of_a_float)
{
    char path[] = "/tmp/castnet-log-XXXXXX", text[256];
    struct csv_log log;
    struct error error;
    FILE *file;

    close(mkstemp(path));
    cr_assert_eq(csv_log_open(&log, path, csv_log_step_header, -1, &error), 0);
    cr_expect_eq(csv_log_step(&log, 1, 2.30258512, 0.125, &error), 0);
    cr_expect_eq(csv_log_step(&log, 2, (double)NAN, 0, &error), 0);
    file = fopen(path, "r"); /* rows are there before the end of the run */
    cr_assert_not_null(file);
    read_text(file, text, sizeof text);
    cr_expect_str_eq(text, "step,loss,accuracy\n1,2.30258512,0.125\n2,nan,0\n");
    cr_expect_eq(csv_log_close(&log, &error), 0);
    cr_expect_eq(csv_log_close(&log, &error), 0);
    unlink(path);
}

static void write_text(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    cr_assert_not_null(file);
    fputs(text, file);
    fclose(file);
}

/* What a log holds that was `before` and goes on after row `last` with row `last` + 1. */
static void expect_continued(const char *before, int64_t last, const char *expected)
{
    char path[] = "/tmp/castnet-log-XXXXXX", text[256];
    struct csv_log log;
    struct error error;

    close(mkstemp(path));
    write_text(path, before);
    cr_assert_eq(csv_log_open(&log, path, csv_log_step_header, last, &error), 0, "%s", error.text);
    cr_expect_eq(csv_log_step(&log, last + 1, 0.5, 0.25, &error), 0);
    cr_expect_eq(csv_log_close(&log, &error), 0);
    read_text(fopen(path, "r"), text, sizeof text);
    cr_expect_str_eq(text, expected);
    unlink(path);
}

Test(log, goes_on_after_a_row_and_drops_later_ones)
{
    static const char rows[] = "step,loss,accuracy\n1,3,0\n2,2,0\n3,1,0\n4,";

    expect_continued(rows, 2, "step,loss,accuracy\n1,3,0\n2,2,0\n3,0.5,0.25\n");
    expect_continued(rows, 3, "step,loss,accuracy\n1,3,0\n2,2,0\n3,1,0\n4,0.5,0.25\n");
    expect_continued(rows, 4, "step,loss,accuracy\n1,3,0\n2,2,0\n3,1,0\n5,0.5,0.25\n");
    expect_continued(rows, 0, "step,loss,accuracy\n1,0.5,0.25\n");
    expect_continued("", 7, "step,loss,accuracy\n8,0.5,0.25\n");
}

/* What was moved away from a path, and that nothing is left there but the log. */
static void expect_moved(const char *before, int64_t last)
{
    char path[] = "/tmp/castnet-log-XXXXXX", moved[sizeof path + 16], text[256];
    struct csv_log log;
    struct error error;

    close(mkstemp(path));
    write_text(path, before);
    cr_assert_not_null(freopen("/dev/null", "w", stderr));
    cr_assert_eq(csv_log_open(&log, path, csv_log_step_header, last, &error), 0, "%s", error.text);
    cr_expect_eq(csv_log_close(&log, &error), 0);
    read_text(fopen(path, "r"), text, sizeof text);
    cr_expect_str_eq(text, "step,loss,accuracy\n");
    snprintf(moved, sizeof moved, "%s.earlier-1", path);
    read_text(fopen(moved, "r"), text, sizeof text);
    cr_expect_str_eq(text, before);
    unlink(path);
    unlink(moved);
}

Test(log, of_another_run_or_of_something_else_is_kept_aside)
{
    expect_moved("step,loss,accuracy\n1,3,0\n", -1);
    expect_moved("something else\n1,2,3\n", -1);
    expect_moved("something else\n1,2,3\n", 7);
}

/* What stderr says of rows before `last` that are not there. */
static void expect_told(const char *before, int64_t last, const char *expected)
{
    char path[] = "/tmp/castnet-log-XXXXXX", told[] = "/tmp/castnet-told-XXXXXX", text[256];
    struct csv_log log;
    struct error error;

    close(mkstemp(path));
    close(mkstemp(told));
    write_text(path, before);
    cr_assert_not_null(freopen(told, "w", stderr));
    cr_assert_eq(csv_log_open(&log, path, csv_log_step_header, last, &error), 0, "%s", error.text);
    fflush(stderr);
    read_text(fopen(told, "r"), text, sizeof text);
    cr_expect_eq(!strstr(text, expected), 0, "%s", text);
    cr_expect(*expected || !*text, "%s", text);
    csv_log_close(&log, &error);
    unlink(path);
    unlink(told);
}

Test(log, rows_that_are_missing_are_told)
{
    expect_told("step,loss,accuracy\n1,3,0\n2,2,0\n3,1,0\n", 2, "");
    expect_told("step,loss,accuracy\n1,3,0\n3,1,0\n", 3, ": row 2 is missing");
    expect_told("step,loss,accuracy\n1,3,0\n2,2,0\n", 9, ": rows 3 to 9 are missing");
    expect_told("step,loss,accuracy\n5,2,0\n", 5, ": rows 1 to 4 are missing");
    expect_told("", 5, "");
}

/* The disk is full for a moment, within a row: as the largest size of a file. */
Test(log, rows_that_a_full_disk_refused_are_written_later)
{
    char path[] = "/tmp/castnet-log-XXXXXX", text[256];
    struct rlimit limit = {25, RLIM_INFINITY};
    struct csv_log log;
    struct error error;

    signal(SIGXFSZ, SIG_IGN);
    close(mkstemp(path));
    cr_assert_eq(csv_log_open(&log, path, csv_log_step_header, -1, &error), 0);
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    for (int step = 1; step <= 3; step++)
        cr_expect_eq(csv_log_step(&log, step, 0.5, 0.25, &error), 0);
    cr_expect_eq(csv_log_sync(&log, &error), -1, "a checkpoint has to wait");
    cr_expect_not_null(strstr(error.text, "rows could not be written: File too large"), "%s",
                       error.text);
    limit.rlim_cur = RLIM_INFINITY;
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    cr_expect_eq(csv_log_step(&log, 4, 0.5, 0.25, &error), 0);
    cr_expect_eq(csv_log_sync(&log, &error), 0, "%s", error.text);
    cr_expect_eq(csv_log_close(&log, &error), 0);
    read_text(fopen(path, "r"), text, sizeof text);
    cr_expect_str_eq(text, "step,loss,accuracy\n1,0.5,0.25\n2,0.5,0.25\n3,0.5,0.25\n4,0.5,0.25\n");
    unlink(path);
}

Test(log, rows_without_end_on_a_full_disk_are_an_error)
{
    static struct csv_log log;
    struct error error;
    int64_t step = 1;

    if (access("/dev/full", W_OK))
        cr_skip_test("no /dev/full here");
    cr_assert_eq(csv_log_open(&log, "/dev/full", csv_log_step_header, -1, &error), 0);
    while (step < 100000 && csv_log_step(&log, step, 0.5, 0.25, &error) == 0)
        step++;
    cr_expect(step > 1000 && step < 100000);
    cr_expect_not_null(strstr(error.text, "No space left"), "%s", error.text);
    cr_expect_eq(csv_log_close(&log, &error), -1);
}

Test(log, is_one_process_s_at_a_time)
{
    char path[] = "/tmp/castnet-log-XXXXXX", byte;
    struct csv_log log;
    struct error error;
    int ready[2];
    pid_t child;

    close(mkstemp(path));
    cr_assert_eq(pipe(ready), 0);
    if ((child = fork()) == 0) {
        _exit(csv_log_open(&log, path, csv_log_step_header, -1, &error) ||
              write(ready[1], "", 1) != 1 || pause());
    }
    cr_assert_eq(read(ready[0], &byte, 1), 1);
    cr_expect_eq(csv_log_open(&log, path, csv_log_step_header, -1, &error), -1);
    cr_expect_not_null(strstr(error.text, "another process"), "%s", error.text);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    cr_expect_eq(csv_log_open(&log, path, csv_log_step_header, -1, &error), 0, "%s", error.text);
    csv_log_close(&log, &error);
    unlink(path);
}

Test(log, epochs_are_rows_with_empty_cells_for_no_test)
{
    struct epoch_result epoch = {.epoch = 1,
                                 .epochs = 2,
                                 .train_loss = 1.5,
                                 .train_accuracy = 0.5,
                                 .test_loss = 1.25,
                                 .test_accuracy = 0.75,
                                 .tested = true,
                                 .seconds = 2.5,
                                 .images_per_second = 1000,
                                 .lr = 1e-3};
    char text[512];
    FILE *file = tmpfile();
    struct csv_log log = {.out.file = file};
    struct error error;

    cr_expect_eq(csv_log_epoch(&log, &epoch, &error), 0);
    epoch.tested = false;
    cr_expect_eq(csv_log_epoch(&log, &epoch, &error), 0);
    epoch.validated = true;
    epoch.val_loss = 1.125;
    epoch.val_accuracy = 0.625;
    cr_expect_eq(csv_log_epoch(&log, &epoch, &error), 0);
    read_text(file, text, sizeof text);
    cr_expect_str_eq(text, "1,1.5,0.5,1.25,0.75,0.001,2.500,1000.0,,\n"
                           "1,1.5,0.5,,,0.001,2.500,1000.0,,\n"
                           "1,1.5,0.5,,,0.001,2.500,1000.0,1.125,0.625\n");
}

Test(log, steps_without_a_file_are_nothing)
{
    struct csv_log log;
    struct error error;

    cr_expect_eq(csv_log_open(&log, NULL, csv_log_step_header, 0, &error), 0);
    cr_expect_eq(csv_log_step(&log, 1, 1, 1, &error), 0);
    cr_expect_eq(csv_log_close(&log, &error), 0);
    cr_expect_eq(csv_log_open(&log, "/nonexistent/steps.csv", csv_log_step_header, 0, &error), -1);
    cr_expect(strstr(error.text, "/nonexistent/steps.csv") != NULL);
}

Test(log, steps_on_a_full_disk_are_an_error)
{
    struct csv_log log;
    struct error error;

    if (access("/dev/full", W_OK))
        cr_skip_test("no /dev/full here");
    cr_assert_eq(csv_log_open(&log, "/dev/full", csv_log_step_header, -1, &error), 0);
    cr_expect_eq(csv_log_step(&log, 1, 1, 1, &error), 0);
    cr_expect_eq(csv_log_close(&log, &error), -1);
}

Test(progress, formats_times)
{
    static const struct {
        double seconds;
        const char *text;
    } cases[] = {{0, "0:00"},
                 {-3, "0:00"},
                 {59.6, "1:00"},
                 {245, "4:05"},
                 {3600, "1:00:00"},
                 {3723.2, "1:02:03"},
                 {(double)INFINITY, "277777:46:40"}};
    char text[32];

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        progress_format_time(text, sizeof text, cases[i].seconds);
        cr_expect_str_eq(text, cases[i].text);
    }
}

static const struct progress_state half_way = {
    .epoch = 2, .images = 500, .in_all = 1500, .loss = 1.23456, .accuracy = 0.5};

Test(progress, draws_only_on_a_terminal)
{
    char text[256];
    struct progress progress;
    struct progress_state next = half_way;

    progress_open(&progress, true, 20, 50000, 1000000);
    cr_expect_null(progress.terminal);
    cr_expect_null(progress.plain);
    progress_start_epoch(&progress, 0);
    progress_update(&progress, &half_way);
    progress_clear(&progress);

    progress_open(&progress, false, 20, 1000, 20000);
    progress.terminal = tmpfile(); /* as if it were one */
    cr_assert_not_null(progress.terminal);
    progress.drawn = 0;
    progress_start_epoch(&progress, 0);
    progress_update(&progress, &half_way);
    next.images++;
    progress_update(&progress, &next); /* too soon to be drawn */
    progress_clear(&progress);
    progress_clear(&progress);
    read_text(progress.terminal, text, sizeof text);
    cr_expect_eq(strstr(text, "\repoch 2/20  "), text, "%s", text);
    cr_expect(strstr(text, " left") && strstr(text, "\033[K\r\033[K"), "%s", text);
    cr_expect_null(strstr(text + 2, "epoch 2"));
}

Test(progress, elsewhere_a_plain_line_a_minute)
{
    char text[256];
    struct progress progress;

    progress_open(&progress, false, 20, 1000, 20000);
    progress.terminal = NULL;
    progress.plain = tmpfile();
    progress_start_epoch(&progress, 0);
    progress_update(&progress, &half_way); /* too soon */
    progress.drawn -= 61;
    progress_update(&progress, &half_way);
    progress_update(&progress, &half_way); /* too soon */
    progress_clear(&progress);
    read_text(progress.plain, text, sizeof text);
    cr_expect_eq(strstr(text, "epoch 2/20  ####"), text, "%s", text);
    cr_expect_eq(strchr(text, '\n') - text, (ptrdiff_t)strlen(text) - 1, "%s", text);
    cr_expect_null(strchr(text, '\033'));
}

Test(progress, line_fits_any_width)
{
    const struct progress progress = {
        .epochs = 20, .images_an_epoch = 1000, .images_in_all = 20000};
    static const struct {
        int columns;
        const char *text;
    } cases[] = {
        {20, "epoch 2/20  50 %"},
        {40, "epoch 2/20  #####.....  50 %  0:05 left"},
        {60, "epoch 2/20  50 %  loss 1.2346  100 images/s  0:05 left"},
        {80, "epoch 2/20  50 %  loss 1.2346  accuracy 50.00 %  100 images/s  0:05 left"},
        {100, "epoch 2/20  #######........  50 %  loss 1.2346  accuracy 50.00 %  100 images/s  "
              "0:05 left  run 3:05"},
        {120, "epoch 2/20  ###############...............  50 %  loss 1.2346  accuracy 50.00 %  "
              "100 images/s  0:05 left  run 3:05"},
    };
    char text[PROGRESS_LINE_BYTES];

    for (int columns = -1; columns < 300; columns++) {
        progress_format(text, &progress, &half_way, 100, columns);
        cr_expect((int)strlen(text) < (columns > 0 ? columns : 1), "%d columns: %s", columns, text);
    }
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        progress_format(text, &progress, &half_way, 100, cases[i].columns);
        cr_expect_str_eq(text, cases[i].text, "%d: %s", cases[i].columns, text);
    }
}

Test(files, folders_are_made_with_those_above)
{
    char root[] = "/tmp/castnet-files-XXXXXX", path[64], inner[64];
    struct stat status;
    struct error error;

    cr_assert_not_null(mkdtemp(root));
    snprintf(inner, sizeof inner, "%s/a", root);
    snprintf(path, sizeof path, "%s/a//b/", root);
    cr_expect_eq(folders_make(path, &error), 0, "%s", error.text);
    cr_expect_eq(folders_make(path, &error), 0, "%s", error.text);
    cr_expect(stat(path, &status) == 0 && S_ISDIR(status.st_mode));
    rmdir(path);
    rmdir(inner);
    fclose(fopen(inner, "w"));
    cr_expect_eq(folders_make(path, &error), -1);
    cr_expect(strstr(error.text, inner) != NULL, "%s", error.text);
    cr_expect_eq(folders_make(inner, &error), -1);
    cr_expect_eq(folders_make("", &error), -1);
    unlink(inner);
    rmdir(root);
}

Test(files, too_long_a_path_is_an_error)
{
    static char folder[FILES_PATH_BYTES + 8], joined[FILES_PATH_BYTES];
    struct files_aside aside = {0};
    struct error error;

    memset(folder, 'x', sizeof folder - 1);
    cr_expect_eq(folders_make(folder, &error), -1);
    cr_expect_eq(files_join(joined, folder, "last", &error), -1);
    cr_expect_eq(files_open_aside(&aside, folder, &error), -1);
    folder[FILES_PATH_BYTES - 3] = '\0';
    cr_expect_eq(files_join(joined, folder, "last", &error), -1);
    cr_expect_eq(files_open_aside(&aside, folder, &error), -1);
    cr_expect_eq(files_join(joined, "a", "b", &error), 0);
    cr_expect_str_eq(joined, "a/b");
}
