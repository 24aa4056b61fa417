/* weights.h - the model's tensors as a safetensors file, with PyTorch's names, shapes and order
 *
 * Files go both ways between a trainer and PyTorch:
 *   model.load_state_dict(safetensors.torch.load_file("last.safetensors"))
 *   safetensors.torch.save_file(model.state_dict(), "start.safetensors")
 */
#ifndef WEIGHTS_H
#define WEIGHTS_H

#include "error.h"
#include "files/transfer.h"

/* Writes every tensor, dead taps included (settled first). The file appears whole or not at all.
 * 0, or -1 and an error. */
int weights_save(const char *path, struct error *error);

/* Takes what the file has of the model as the start of a run, and says in *transfer (to be freed)
 * what that was:
 *   - tensors that the file lacks stay as initial_weights_draw made them;
 *   - so does a final linear layer of another number of classes (transfer to another data set);
 *   - tensors that the model lacks are ignored;
 *   - prefixes of PyTorch's wrappers are taken off, if more names are then the model's.
 * F16, BF16 and F64 become F32.
 * A shape or dtype that is not the model's, and a file that shares no tensor with it, is an error.
 * 0, or -1 and an error: the file is checked before the first value is stored, so only a failing
 * disk leaves the model half read. */
int weights_load(const char *path, struct transfer *transfer, struct error *error);

/* Reads every tensor: for a use in which every value must come from the file. Names, shapes and
 * dtypes must be the model's, but num_batches_tracked may be missing, as in files from before
 * PyTorch 0.4.1, and becomes 0; and what is no float may be there and is ignored. Prefixes are
 * taken off as above, and a line on stderr says so. 0, or -1 and an error as above. */
int weights_load_exact(const char *path, struct error *error);

/* Writes the gradients of the last step under the names of their parameters; the gradient of a dead
 * tap is 0. 0, or -1 and an error. */
int weights_dump_gradients(const char *path, struct error *error);

#endif
