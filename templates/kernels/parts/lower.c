//- Lowering of one output position, for the kernels of convolutions of few channels.
/* The inputs that the taps read for output y, x, side by side, zeros for padding, to lowered[y][x]. */
static void @(name)_lower(const struct @(name)_arguments *a, int y, int x)
{
    const float *from[@(#taps)];
    for (int j = 0; j < @(#taps); j++) {
        const struct tap *const tap = &@(name)_taps[j];
        const int inside = y >= tap->y0 && y < tap->y1 && x >= tap->x0 && x < tap->x1;
        from[tap->place] = inside ? (float *)a->x[y@(times_sy) + tap->dy][x@(times_sx) + tap->dx] : 0;
    }
    for (int i = 0; i < a->n; i++) {
        float *const to = a->lowered[y][x][i];
        for (int place = 0; place < @(#taps); place++)
            for (int c = 0; c < @(cg); c++)
                to[place * @(cg) + c] = from[place] ? from[place][i * @(cg) + c] : 0;
    }
}
