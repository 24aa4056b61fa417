//- update/clip.c: the factor of all gradients, for update.c.
/* torch.nn.utils.clip_grad_norm_: where the norm of all gradients together is above clip_norm, they are
 * scaled down to it. */
static @(real) clip_scale(struct @(prefix) *c, const struct @(prefix)_hyper *hyper)
{
    double sum = 0;
//: for _, stretch in ipairs(gradients) do
//: if stretch.stage > 0 then
    if (hyper->frozen < @(stretch.stage))
        sum += sum_squares(c, @(stretch.gradient), @(stretch.count));
//: else
    sum += sum_squares(c, @(stretch.gradient), @(stretch.count));
//: end
//: end
    const double scale = hyper->clip_norm / (sqrt(sum) + 1e-6);
    return scale > 1 ? 1 : (@(real))scale;
}
