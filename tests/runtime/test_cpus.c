/* cpus.c on made-up files of control groups */
#define _POSIX_C_SOURCE 200809L

#include <criterion/criterion.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "platform/cpus.h"

static char root[] = "/tmp/castnet-cpus-XXXXXX";

static void write_file(const char *path, const char *text)
{
    char command[512];
    FILE *file;

    snprintf(command, sizeof command, "mkdir -p $(dirname %s%s)", root, path);
    cr_assert_eq(system(command), 0);
    snprintf(command, sizeof command, "%s%s", root, path);
    file = fopen(command, "w");
    cr_assert_not_null(file);
    fputs(text, file);
    fclose(file);
}

static void make_root(void)
{
    cr_assert_not_null(mkdtemp(root));
}

static void remove_root(void)
{
    char command[128];

    snprintf(command, sizeof command, "rm -rf %s", root);
    cr_assert_eq(system(command), 0);
}

TestSuite(cpus, .init = make_root, .fini = remove_root);

static void mount_two(const char *group, const char *top)
{
    char text[512];

    snprintf(text, sizeof text, "0::%s\n", group);
    write_file("/proc/self/cgroup", text);
    snprintf(text, sizeof text,
             "22 1 8:1 / / rw - ext4 /dev/sda rw\n"
             "30 22 0:26 %s /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n",
             top);
    write_file("/proc/self/mountinfo", text);
}

Test(cpus, none_without_files)
{
    cr_expect_eq(cpus_of_quota(root), INT_MAX);
}

Test(cpus, version_two_rounds_up)
{
    mount_two("/user/job", "/");
    write_file("/sys/fs/cgroup/user/job/cpu.max", "150000 100000\n");
    cr_expect_eq(cpus_of_quota(root), 2);
    write_file("/sys/fs/cgroup/user/job/cpu.max", "20000 100000\n");
    cr_expect_eq(cpus_of_quota(root), 1);
    write_file("/sys/fs/cgroup/user/job/cpu.max", "200000 100000\n");
    cr_expect_eq(cpus_of_quota(root), 2);
    write_file("/sys/fs/cgroup/user/job/cpu.max", "max 100000\n");
    cr_expect_eq(cpus_of_quota(root), INT_MAX);
    write_file("/sys/fs/cgroup/user/job/cpu.max", "what");
    cr_expect_eq(cpus_of_quota(root), INT_MAX);
}

Test(cpus, the_smallest_of_nested_groups)
{
    mount_two("/a/b/c", "/");
    write_file("/sys/fs/cgroup/a/cpu.max", "300000 100000\n");
    write_file("/sys/fs/cgroup/a/b/c/cpu.max", "700000 100000\n");
    cr_expect_eq(cpus_of_quota(root), 3);
    write_file("/sys/fs/cgroup/a/b/cpu.max", "50000 25000\n");
    cr_expect_eq(cpus_of_quota(root), 2);
}

Test(cpus, a_container_sees_a_part_of_the_groups)
{
    write_file("/sys/fs/cgroup/cpu.max", "400000 100000\n");
    mount_two("/docker/id", "/docker/id");
    cr_expect_eq(cpus_of_quota(root), 4);
    write_file("/sys/fs/cgroup/in/cpu.max", "100000 100000\n");
    mount_two("/docker/id/in", "/docker/id");
    cr_expect_eq(cpus_of_quota(root), 1);
    mount_two("/../elsewhere", "/");
    cr_expect_eq(cpus_of_quota(root), 4);
}

Test(cpus, version_one_beside_two)
{
    write_file("/proc/self/cgroup", "5:cpuset:/x\n4:cpuacct,cpu:/a/b\n0::/\n");
    write_file("/proc/self/mountinfo",
               "31 23 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw\n"
               "33 31 0:30 / /sys/fs/cgroup/cpuset rw - cgroup cgroup rw,cpuset\n"
               "32 31 0:29 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu,cpuacct\n"
               "41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n");
    write_file("/sys/fs/cgroup/cpu/a/b/cpu.cfs_quota_us", "-1\n");
    write_file("/sys/fs/cgroup/cpu/a/b/cpu.cfs_period_us", "100000\n");
    cr_expect_eq(cpus_of_quota(root), INT_MAX);
    write_file("/sys/fs/cgroup/cpu/a/cpu.cfs_quota_us", "150000\n");
    write_file("/sys/fs/cgroup/cpu/a/cpu.cfs_period_us", "100000\n");
    cr_expect_eq(cpus_of_quota(root), 2);
}
