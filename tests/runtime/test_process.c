/* A program beside this one: found or not, its status, killed when it takes too long, no zombie. */
#define _POSIX_C_SOURCE 200809L

#include <criterion/criterion.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "platform/clock.h"
#include "platform/process.h"

TestSuite(process, .timeout = 30);

static int run(const char *command, double seconds)
{
    const char *const words[] = {"sh", "-c", command, NULL};
    struct process process = {0};
    int status;

    cr_assert_eq(process_start(&process, words), 0);
    status = process_finish(&process, seconds);
    cr_expect_eq(process.id, 0);
    cr_expect_eq(waitpid(-1, NULL, WNOHANG), -1);
    cr_expect_eq(errno, ECHILD, "a child is left");
    return status;
}

Test(process, tells_the_status)
{
    cr_expect_eq(run("exit 0", 20), 0);
    cr_expect_eq(run("exit 7", 20), 7);
    cr_expect_eq(run("kill -9 $$", 20), 137);
    cr_expect_eq(run("read line", 20), 1); /* nothing to read */
}

Test(process, is_killed_with_its_children_when_it_takes_too_long)
{
    double start = clock_seconds();

    cr_expect_eq(run("sleep 20 & wait", 0.1), 137);
    cr_expect_lt(clock_seconds() - start, 10);
}

Test(process, runs_beside)
{
    static const char *const words[] = {"sleep", "0.3", NULL};
    const struct timespec moment = {.tv_nsec = 1000000};
    struct process process = {0};

    cr_expect_not(process_is_running(&process));
    cr_expect_eq(process_finish(&process, 0), 0);
    cr_assert_eq(process_start(&process, words), 0);
    cr_expect(process_is_running(&process));
    while (process_is_running(&process))
        nanosleep(&moment, NULL);
    cr_expect_eq(process.status, 0);
}

Test(process, that_is_missing)
{
    static const char *const words[] = {"castnet-no-such-program", NULL};
    struct process process = {0};

    cr_expect(process_can_start("sh"));
    cr_expect_not(process_can_start(words[0]));
    cr_expect_neq(process_start(&process, words) == 0 ? process_finish(&process, 20) : -1, 0);
    unsetenv("PATH");
    cr_expect_not(process_can_start("sh"));
}
