//- update/finish.c: the end of an update, for update_*.c: moving averages take it in.
//: if graph.dead_decay == "factors" then
    const double dead = c->dead_decay[0];
    c->dead_decay[2] = hyper->step == 1 ? dead : c->dead_decay[2] + (1 - hyper->ema_decay) * (dead - c->dead_decay[2]);
//: end
    visit_running(c, average_values, average_by(hyper));
//: if tensors.moving_counters(graph) > 0 then
    average_counters(c, hyper);
//: end
