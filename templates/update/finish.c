//- update/finish.c: the end of an update, for update_*.c: moving averages take it in.
//: if graph.dead_decay == "factors" then
    dead_decay[2] = hyper->step == 1 ? dead_decay[0] : dead_decay[2] + (1 - hyper->ema_decay) * (dead_decay[0] - dead_decay[2]);
//: end
    visit_running(average_values, average_by(hyper));
    average_counters(hyper);
