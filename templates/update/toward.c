//- update/toward.c: what follows values, for update.c.
/* The part `by` of the way from one value to another, as torch.lerp goes it. */
static inline @(real) toward(@(real) from, @(real) to, @(real) by)
{
    return by < 0.5f ? from + by * (to - from) : to - (to - from) * (1 - by);
}
