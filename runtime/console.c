/* console.c - see console.h */
#define _POSIX_C_SOURCE 200809L

#include "console.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <time.h>

enum { LINE_BYTES = 8192 };

int console_open(struct console *console, const char *path, bool go_on, struct error *error)
{
    console->log = fopen(path, go_on ? "a" : "w");
    if (!console->log)
        return error_set(error, "%s: cannot write: %s", path, strerror(errno));
    setvbuf(console->log, NULL, _IOLBF, BUFSIZ);
    return 0;
}

static void write_log(FILE *log, const char *mark, const char *line)
{
    char when[32] = "";
    time_t now = time(NULL);
    struct tm local;

    if (localtime_r(&now, &local))
        strftime(when, sizeof when, "%Y-%m-%d %H:%M:%S", &local);
    fprintf(log, "%s  %s%s\n", when, mark, line);
}

/* A run goes on without its console, once it has said so: its log has all that was meant for it.
 * Where there is no log, program_exit tells. */
static void check_stdout(const struct console *console)
{
    if (!ferror(stdout) || !console->log)
        return;
    console_print(console, CONSOLE_COMPLAINT,
                  "cannot write to stdout: %s; training goes on, training_log.txt has the lines",
                  strerror(errno));
    if (!freopen("/dev/null", "w", stdout))
        clearerr(stdout);
}

void console_print(const struct console *console, enum console_kind kind, const char *format, ...)
{
    const char *mark = kind == CONSOLE_COMPLAINT ? "castnet: " : "";
    char line[LINE_BYTES];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (console->log)
        write_log(console->log, mark, line);
    if (kind == CONSOLE_COMPLAINT) {
        fflush(stdout);
        fprintf(stderr, "%s%s\n", mark, line);
    } else if (kind == CONSOLE_RESULT || (kind == CONSOLE_NEWS && !console->quiet)) {
        puts(line);
        fflush(stdout);
        check_stdout(console);
    }
}

void console_close(struct console *console)
{
    if (console->log)
        fclose(console->log);
    console->log = NULL;
}
