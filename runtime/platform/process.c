/* process.c - see process.h */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */

#include "platform/process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "platform/clock.h"

extern char **environ;

long process_id(void)
{
    return (long)getpid();
}

void *process_share(size_t bytes)
{
    void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    return memory == MAP_FAILED ? NULL : memory;
}

void process_unshare(void *memory, size_t bytes)
{
    munmap(memory, bytes);
}

bool process_can_start(const char *name)
{
    const char *path = getenv("PATH");
    char candidate[4096];

    for (const char *end; path && *path; path = *end ? end + 1 : end) {
        end = path + strcspn(path, ":");
        if (snprintf(candidate, sizeof candidate, "%.*s/%s", (int)(end - path), path, name) <
                (int)sizeof candidate &&
            access(candidate, X_OK) == 0)
            return true;
    }
    return false;
}

/* In a process group of its own, without input and output, with signals as usual. */
static int prepare(posix_spawn_file_actions_t *files, posix_spawnattr_t *how)
{
    sigset_t usual;

    sigemptyset(&usual);
    sigaddset(&usual, SIGINT);
    sigaddset(&usual, SIGTERM);
    sigaddset(&usual, SIGHUP);
    sigaddset(&usual, SIGPIPE);
    return posix_spawnattr_setflags(how, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF) ||
                   posix_spawnattr_setpgroup(how, 0) ||
                   posix_spawnattr_setsigdefault(how, &usual) ||
                   posix_spawn_file_actions_addopen(files, 0, "/dev/null", O_RDONLY, 0) ||
                   posix_spawn_file_actions_addopen(files, 1, "/dev/null", O_WRONLY, 0) ||
                   posix_spawn_file_actions_adddup2(files, 1, 2)
               ? -1
               : 0;
}

int process_start(struct process *process, const char *const *words)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t how;
    pid_t id = 0;
    int failed;

    if (posix_spawn_file_actions_init(&files))
        return -1;
    if (posix_spawnattr_init(&how)) {
        posix_spawn_file_actions_destroy(&files);
        return -1;
    }
    failed = prepare(&files, &how) ||
             posix_spawnp(&id, words[0], &files, &how, (char *const *)words, environ);
    posix_spawnattr_destroy(&how);
    posix_spawn_file_actions_destroy(&files);
    process->id = failed ? 0 : (long)id;
    process->status = failed ? -1 : 0;
    return failed ? -1 : 0;
}

/* The copy: dies with its parent, and writes to the terminal from the background. */
static void settle_in(pid_t parent)
{
    setpgid(0, 0);
    signal(SIGTTOU, SIG_IGN);
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent)
        raise(SIGTERM);
#else
    (void)parent;
#endif
}

int process_fork(struct process *process, int (*work)(void *argument), void *argument)
{
    pid_t parent = getpid(), id;

    fflush(NULL); /* or the copy would write it again */
    id = fork();
    if (id == 0) {
        settle_in(parent);
        exit(work(argument));
    }
    process->id = id > 0 ? (long)id : 0;
    process->status = id > 0 ? 0 : -1;
    return id > 0 ? 0 : -1;
}

int process_signal(const struct process *process, int signal)
{
    return process->id ? kill((pid_t)process->id, signal) : -1;
}

void process_pause(void)
{
    const struct timespec moment = {.tv_nsec = 10000000};

    nanosleep(&moment, NULL);
}

bool process_is_running(struct process *process)
{
    int status = 0;
    pid_t got;

    if (process->id == 0)
        return false;
    do
        got = waitpid((pid_t)process->id, &status, WNOHANG);
    while (got < 0 && errno == EINTR);
    if (got == 0)
        return true;
    process->id = 0;
    process->status = got < 0             ? -1
                      : WIFEXITED(status) ? WEXITSTATUS(status)
                                          : 128 + WTERMSIG(status);
    return false;
}

int process_finish(struct process *process, double seconds)
{
    double end = clock_seconds() + seconds;

    while (process_is_running(process)) {
        if (clock_seconds() >= end)
            kill((pid_t)-process->id, SIGKILL); /* its whole group */
        process_pause();
    }
    return process->status;
}
