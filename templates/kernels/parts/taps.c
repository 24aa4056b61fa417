//- One table of taps, which all kernels of its geometry read.
/* The live taps of a convolution, in the order that a kernel takes them. */
static const struct tap @(name)[@(count)] = {
@(rows)
};
