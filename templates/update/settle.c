//- update/settle.c: what decay owes to dead parameters, for update_*.c.
void @(prefix)_settle(struct @(prefix) *c)
{
//: if dead_factors then
    @(real) *const dead[] = {@(dead_pointers)};
    const int count[] = {@(dead_counts)};
    for (int i = 0; i < @(#dead_stretches); i++)
        for (int j = 0; j < count[i]; j++)
            dead[i][j] *= (@(real))c->dead_decay[0];
//:   if ema then
    c->dead_decay[2] = c->dead_decay[0] != 0 ? c->dead_decay[2] / c->dead_decay[0] : 0;
//:   end
//:   if is_sgd then
    c->dead_decay[1] /= c->dead_decay[0];
//:   end
    c->dead_decay[0] = 1;
//: else
    (void)c;
//: end
}
