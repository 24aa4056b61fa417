/* signals.h - a wish to stop that waits until the step is done */
#ifndef SIGNALS_H
#define SIGNALS_H

/* From here on SIGINT (Ctrl-C), SIGTERM and SIGHUP are only noted. The second one of a kind ends
 * the process at once, as usual. A signal that was ignored from the start (nohup) stays ignored. */
void signals_catch(void);

/* From here on writing to a pipe that nobody reads any more is an error (EPIPE), no end. */
void signals_ignore_pipe(void);

/* The signal that came, or 0. */
int signals_caught(void);

/* Its name for people, as "SIGINT". */
const char *signals_name(int signal);

#endif
