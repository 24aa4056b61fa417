//: if lacks.statistics and counted then
    if (statistics) {
        @(name)_count(&a);
        run(host, @(stat_units), @(name)_join, &a);
    }
//: elseif lacks.statistics then
    if (statistics)
        run(host, @(stat_units), @(name)_join, &a);
//: else
//:   if counted then
    @(name)_count(&a);
//:   end
    run(host, @(stat_units), @(name)_join, &a);
//: end
