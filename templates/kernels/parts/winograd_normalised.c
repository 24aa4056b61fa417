//- A tile of inputs, `from`, that a batch norm is applied to; tile: of what they are, and which channels are taken.
static void @(name)_normalised(const struct @(name)_arguments *a, const @(tile.type) *const from[@(inputs * inputs)], int count, @(tile.takes)@(real) *v)
{
    @(real) inside[@(inputs * inputs)];
    int beside = 0;
    for (int j = 0; j < @(inputs * inputs); j++) {
        inside[j] = from[j] != @(tile.zeros);
        beside += from[j] == @(tile.zeros);
    }
    if (beside)
        @(name)_scaled(a, from, inside, count, @(tile.given)v);
    else
        @(name)_scaled(a, from, NULL, count, @(tile.given)v);
}
