//- update/settle.c: what decay owes to dead parameters, for update_*.c.
void MODEL(settle)(void)
{
//: if graph.dead_decay == "factors" then
    float *const dead[] = {@(text.wrap(text.join(update.dead(graph), "symbol"), 8))};
    const int count[] = {@(text.wrap(text.join(update.dead(graph), "count"), 8))};
    for (int i = 0; i < @(#update.dead(graph)); i++)
        for (int j = 0; j < count[i]; j++)
            dead[i][j] *= (float)dead_decay[0];
//:   if graph.update.ema then
    dead_decay[2] = dead_decay[0] != 0 ? dead_decay[2] / dead_decay[0] : 0;
//:   end
//:   if record.train.optimizer.kind == "sgd" then
    dead_decay[1] /= dead_decay[0];
//:   end
    dead_decay[0] = 1;
//: end
}
