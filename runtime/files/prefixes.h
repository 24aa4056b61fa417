/* prefixes.h - what wrappers of PyTorch put before the names of a network's tensors
 *
 *   module.      DataParallel, DistributedDataParallel, AveragedModel
 *   _orig_mod.   torch.compile
 *   model.       Lightning's and many others' modules around a network
 *   backbone.    networks that something stands upon
 *
 * in any order, such as `module._orig_mod.`
 */
#ifndef PREFIXES_H
#define PREFIXES_H

#include <stdbool.h>
#include <stddef.h>

#include "files/safetensors.h"

/* Of the chains of prefixes that names of the file begin with, the one after which most of them are
 * names of the model, as is_name says; the shortest of several. Its length, 0 if no chain does
 * better than none, and in *prefix where it is to be read: in a name of the file. */
size_t prefixes_choose(const struct safetensors *file, bool (*is_name)(const char *name),
                       const char **prefix);

#endif
