/* machine.h - what a program runs on, for its first and last lines */
#ifndef MACHINE_H
#define MACHINE_H

/* Whose matrix products the model uses: "castnet's, avx512", or for a model that links a BLAS the
 * name of the kernels that OpenBLAS uses ("OpenBLAS SkylakeX"), and why if it did not pick them
 * itself; "other BLAS" if another library is linked. */
const char *machine_products(void);

/* Name of the processor, as "Intel(R) Xeon(R) Platinum 8370C CPU @ 2.80GHz"; "unknown CPU" where
 * the system does not tell. */
const char *machine_cpu(void);

/* The most memory this process has had so far, in MiB. */
double machine_peak_memory(void);

#endif
