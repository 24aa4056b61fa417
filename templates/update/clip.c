//- update/clip.c: the factor of all gradients, for update_*.c.

/* torch.nn.utils.clip_grad_norm_: where the norm of all gradients together is above clip_norm, they are
 * scaled down to it. Squares are added in double, in a fixed number of lanes for each piece and the
 * pieces in order, so that the sum is the same for any number of threads. */
struct squares {
    const @(real) *gradient;
    double *sums;
    int count;
};

static void square_piece(const void *argument, int piece)
{
    enum { LANES = 16 };
    const struct squares *const s = argument;
    const int start = piece * PIECE, count = s->count - start < PIECE ? s->count - start : PIECE;
    const @(real) *const gradient = s->gradient + start;
    double lanes[LANES] = {0}, sum = 0;
    for (int i = 0; i + LANES <= count; i += LANES)
        for (int j = 0; j < LANES; j++)
            lanes[j] += (double)gradient[i + j] * (double)gradient[i + j];
    for (int j = 0; j < LANES; j++)
        sum += lanes[j];
    for (int i = count / LANES * LANES; i < count; i++)
        sum += (double)gradient[i] * (double)gradient[i];
    s->sums[piece] = sum;
}

static double sum_squares(struct @(prefix) *c, const @(real) *gradient, int count)
{
    const struct squares s = {gradient, c->sums, count};
    const int pieces = (count + PIECE - 1) / PIECE;
    double sum = 0;
    run(&c->host, pieces, square_piece, &s);
    for (int i = 0; i < pieces; i++)
        sum += c->sums[i];
    return sum;
}

static @(real) clip_scale(struct @(prefix) *c, const struct @(prefix)_hyper *hyper)
{
    double sum = 0;
//: for _, stretch in ipairs(stretches) do
    sum += sum_squares(c, @(stretch.gradient), @(stretch.count));
//: end
    const double scale = hyper->clip_norm / (sqrt(sum) + 1e-6);
    return scale > 1 ? 1 : (@(real))scale;
}
