//- update/finish.c: the end of an update, for update_*.c: moving averages take it in.
//: if dead_factors then
    const double dead = c->dead_decay[0];
    c->dead_decay[2] = hyper->step == 1 ? dead : c->dead_decay[2] + (1 - hyper->ema_decay) * (dead - c->dead_decay[2]);
//: end
    visit_running(c, average_values, average_by(hyper));
//: if moving_counters > 0 then
    average_counters(c, hyper);
//: end
