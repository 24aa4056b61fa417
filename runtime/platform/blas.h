/* blas.h - which of its kernels OpenBLAS uses, and whether they suit the model's target
 *
 * A core is a set of kernels, named after a processor: "Haswell". OpenBLAS picks one by the
 * processor's model, so for one that is younger than the library it may pick kernels of twenty
 * years ago. The variable OPENBLAS_CORETYPE, read when the library is loaded, names another. Only
 * for models with MODEL_BLAS. */
#ifndef BLAS_H
#define BLAS_H

#include <stddef.h>

/* Set by a program that starts itself again with OPENBLAS_CORETYPE: the core that OpenBLAS had
 * picked. */
#define BLAS_PICKED "CASTNET_BLAS_PICKED"

struct blas_choice {
    const char *core;     /* in use; NULL: another BLAS is linked */
    const char *coretype; /* OPENBLAS_CORETYPE; NULL: not set, or empty */
    const char *picked;   /* BLAS_PICKED; NULL: the program has not started itself again */
};

/* How it is in this process. */
struct blas_choice blas_choice(void);

/* The core that OPENBLAS_CORETYPE should name, with BLAS_PICKED beside it, when the program starts
 * again; NULL: it should go on as it is. wanted is a core of the target's instructions. What the
 * user set stays. If OpenBLAS lacks the core wanted, it is back to what it had picked; it never
 * comes to more than two starts again. */
const char *blas_core_to_set(const struct blas_choice *choice, const char *wanted);

/* Writes "OpenBLAS" and the core, and why if it isn't simply OpenBLAS's own choice, into
 * text[size]. */
void blas_describe(char *text, size_t size, const struct blas_choice *choice, const char *wanted);

#endif
