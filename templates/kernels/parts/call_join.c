//: if lacks.statistics and counted then
    if (statistics) {
        @(name)_count(&a);
        run(host, @(stat_units), @(name)_join, &a);
    }
//: elseif lacks.statistics then
    if (statistics)
        run(host, @(stat_units), @(name)_join, &a);
//: elseif has.statistics then
//:   if counted then
    @(name)_count(&a);
//:   end
    run(host, @(stat_units), @(name)_join, &a);
//: end
