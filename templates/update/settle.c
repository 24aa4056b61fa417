//- update/settle.c: what decay owes to dead parameters, for update_*.c.
void @(prefix)_settle(struct @(prefix) *c)
{
//: if graph.dead_decay == "factors" then
    float *const dead[] = {@(text.wrap(text.join(update.dead(graph), "symbol"), 8))};
    const int count[] = {@(text.wrap(text.join(update.dead(graph), "count"), 8))};
    for (int i = 0; i < @(#update.dead(graph)); i++)
        for (int j = 0; j < count[i]; j++)
            dead[i][j] *= (float)c->dead_decay[0];
//:   if graph.update.ema then
    c->dead_decay[2] = c->dead_decay[0] != 0 ? c->dead_decay[2] / c->dead_decay[0] : 0;
//:   end
//:   if record.train.optimizer.kind == "sgd" then
    c->dead_decay[1] /= c->dead_decay[0];
//:   end
    c->dead_decay[0] = 1;
//: else
    (void)c;
//: end
}
