//- The live taps of a convolution, in the order of computation.
static const struct tap @(name)_taps[@(#taps)] = {
//: for _, tap in ipairs(taps) do
    {@(tap.place), @(tap.dy), @(tap.dx), @(tap.y0), @(tap.y1), @(tap.x0), @(tap.x1)},
//: end
};
