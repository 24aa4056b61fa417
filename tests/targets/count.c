/* A plugin of qemu's that says how many instructions a program ran: `qemu-ARCH -plugin count.so -d
 * plugin PROGRAM`. What it takes of qemu's header, which not every system has, is declared here. */
#include <inttypes.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct block; /* instructions that are translated at once */
typedef void translated(uint64_t id, struct block *block);
typedef void ended(uint64_t id, void *data);

size_t qemu_plugin_tb_n_insns(const struct block *block);
void qemu_plugin_register_vcpu_tb_trans_cb(uint64_t id, translated *callback);
void qemu_plugin_register_vcpu_tb_exec_inline(struct block *block, int operation, void *number,
                                              uint64_t summand);
void qemu_plugin_register_atexit_cb(uint64_t id, ended *callback, void *data);
void qemu_plugin_outs(const char *text);

extern int qemu_plugin_version;
int qemu_plugin_version = 1;
int qemu_plugin_install(uint64_t id, const void *info, int argc, char **argv);

enum { ADD = 0 };
static uint64_t count;

static void add_up(uint64_t id, struct block *block)
{
    (void)id;
    qemu_plugin_register_vcpu_tb_exec_inline(block, ADD, &count, qemu_plugin_tb_n_insns(block));
}

static void say(uint64_t id, void *data)
{
    char text[40];
    (void)id, (void)data;
    snprintf(text, sizeof text, "instructions %" PRIu64 "\n", count);
    qemu_plugin_outs(text);
}

int qemu_plugin_install(uint64_t id, const void *info, int argc, char **argv)
{
    (void)info, (void)argc, (void)argv;
    qemu_plugin_register_vcpu_tb_trans_cb(id, add_up);
    qemu_plugin_register_atexit_cb(id, say, NULL);
    return 0;
}
