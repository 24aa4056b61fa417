/* console.c - see console.h */
#define _POSIX_C_SOURCE 200809L

#include "console.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <time.h>

enum { LINE_BYTES = 8192 };

/* A process has one log. */
static struct append the_log;

int console_open(struct console *console, const char *path, bool go_on, struct error *error)
{
    the_log = (struct append){.file = fopen(path, go_on ? "ae" : "we")};
    if (!the_log.file)
        return error_set(error, "%s: cannot write: %s", path, strerror(errno));
    console->log = &the_log;
    return 0;
}

static void write_log(struct append *log, const char *mark, const char *line)
{
    char when[32] = "", text[LINE_BYTES + 64];
    time_t now = time(NULL);
    struct tm local;
    int length;

    if (localtime_r(&now, &local))
        strftime(when, sizeof when, "%Y-%m-%d %H:%M:%S", &local);
    length = snprintf(text, sizeof text, "%s  %s%s\n", when, mark, line);
    append_text(log, text, (size_t)length);
}

int console_sync(const struct console *console, struct error *error)
{
    int cause = console->log ? append_sync(console->log) : 0;

    return cause ? error_set(error, "training_log.txt: lines could not be written: %s",
                             strerror(cause))
                 : 0;
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
        append_close(console->log);
    console->log = NULL;
}
