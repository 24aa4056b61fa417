//- update/squares.c: sums of squares, for update.c.
/* Squares are added in double, in a fixed number of parts for each piece and the pieces in order, so that the sum is the
 * same for any number of threads. */
struct squares {
    const @(real) *value;
    double *sums;
    int count;
};

static void square_piece(const void *argument, int piece)
{
    enum { SUMS = 16 };
    const struct squares *const s = argument;
    const int start = piece * PIECE, count = piece_of(s->count, piece);
    const @(real) *const value = s->value + start;
    double part[SUMS] = {0}, sum = 0;
    for (int i = 0; i + SUMS <= count; i += SUMS)
        for (int j = 0; j < SUMS; j++)
            part[j] += (double)value[i + j] * (double)value[i + j];
    for (int j = 0; j < SUMS; j++)
        sum += part[j];
    for (int i = count / SUMS * SUMS; i < count; i++)
        sum += (double)value[i] * (double)value[i];
    s->sums[piece] = sum;
}

static double sum_squares(struct @(prefix) *c, const @(real) *value, int count)
{
    const struct squares s = {value, c->sums, count};
    const int pieces = (count + PIECE - 1) / PIECE;
    double sum = 0;
    run(&c->host, pieces, square_piece, &s);
    for (int i = 0; i < pieces; i++)
        sum += c->sums[i];
    return sum;
}
