//- Calls position_statistics.c.
//: if lacks.statistics then
    if (statistics)
        @(run_statistics)(host, @(stat_parts * pieces), @(name)_statistics, &a);
//: else
    @(run_statistics)(host, @(stat_parts * pieces), @(name)_statistics, &a);
//: end
