/* console.c - see console.h */

#include "show/console.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include "platform/clock.h"
#include "platform/files.h"

enum { STAMP_BYTES = 64, LINE_BYTES = 8192 };

/* A process has one log. */
static struct append the_log;

int console_open(struct console *console, const char *path, bool go_on, struct error *error)
{
    the_log = (struct append){.file = files_open_log(path, go_on, error)};
    if (!the_log.file)
        return -1;
    console->log = &the_log;
    return 0;
}

/* What stands before a line of the log: the time and the mark. Returns its length. */
static size_t stamp(char text[STAMP_BYTES], const char *mark)
{
    size_t length = clock_print(text, STAMP_BYTES);

    return length + (size_t)snprintf(text + length, STAMP_BYTES - length, "  %s", mark);
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
    char text[STAMP_BYTES + LINE_BYTES + 1]; /* one for both, as stacks may be small */
    size_t before = stamp(text, mark), length;
    char *line = text + before;
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(line, LINE_BYTES, format, arguments);
    va_end(arguments);
    error_make_printable(line + strspn(line, "\n")); /* one may be empty, before a heading */
    if (console->log) {
        length = strlen(line);
        line[length] = '\n';
        append_text(console->log, text, before + length + 1);
        line[length] = '\0';
    }
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
