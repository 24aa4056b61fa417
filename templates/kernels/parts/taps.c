//- One table of taps, which all kernels of its geometry read.
/* The live taps of a convolution, in the order that a kernel takes them. */
static const struct tap @(taps.name)[@(#taps)] = {
//: for _, tap in ipairs(taps) do
    {@(tap.place), @(tap.dy), @(tap.dx), @(tap.y0), @(tap.y1), @(tap.x0), @(tap.x1)},
//: end
};
