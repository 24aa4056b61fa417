//- The parts of a weight's gradient added up.
/* Adds up what the parts have for @(piece) of the @(floats) weights. */
static void @(name)_add(const void *argument, int unit)
{
    const struct @(name)_arguments *const a = argument;
//: if pieces > 1 then
    const int first = unit * @(piece), count = @(size_of("first", piece, floats));
    sum_rows(@(parts), count, (const @(real) *)a->workspace + first, @(floats), (@(real) *)a->d_weight + first);
//: else
    (void)unit; /* there is one */
    sum_rows(@(parts), @(floats), (const @(real) *)a->workspace, @(floats), (@(real) *)a->d_weight);
//: end
}
