/* cpus.h - how many CPUs the control groups of this process let it use */
#ifndef CPUS_H
#define CPUS_H

/* The smallest CPU quota among the process's control group and those above it, of versions 1 and 2,
 * rounded up to whole CPUs; INT_MAX where there is none. root: folder in front of every path that
 * is read ("" for the system's own). */
int cpus_of_quota(const char *root);

#endif
