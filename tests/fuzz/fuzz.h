/* fuzz.h - what the harnesses share: the input as a file, and a watch over memory
 *
 * tests/fuzz/fuzz_NAME.c is one libFuzzer harness for one kind of file from outside. It runs in a
 * folder of its own (see run), where it may write. Only a crash, a hang or a broken promise fails:
 * an input that is refused is what most of them should be.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Makes `path` hold these bytes; aborts where the disk fails. */
void fuzz_write(const char *path, const uint8_t *data, size_t size);

/* From here to fuzz_memory_end no more than `limit` bytes may be allocated at once and in sum,
 * less what is freed; more aborts. */
void fuzz_memory_begin(size_t limit);
void fuzz_memory_end(void);

/* What a reader of `size` bytes may allocate: a small multiple, and stdio's buffers. */
size_t fuzz_memory_of(size_t size);

/* Aborts with the text where a promise is broken. */
void fuzz_require(int promise, const char *text);

#endif
