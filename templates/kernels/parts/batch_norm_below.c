//- The gradient below the function that a batch norm calls, by what was kept.
static inline @(real) @(name)_below(@(real) d, @(real) kept)
{
//: if keeps then
    return @(apply(called .. "_backward", constant, "d, kept"));
//: else
    (void)kept;
    return @(apply(called .. "_backward", constant, "d"));
//: end
}
