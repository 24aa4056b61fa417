//- Makes scale and shift of each channel, in training after the statistics.
//: if not trains then
    running_factors(bn, @(channels), @(f32(eps)), @(has_gamma), @(has_beta), scale, shift);
//: elseif given then
    take_statistics(@(channels), @(positions), n, statistics[0], @(f32(eps)), @(f32(momentum)), bn);
//: else
    run(host, @(sums * sum_blocks), @(name)_statistics, &a);
    run(host, @(stat_units), @(name)_join, &a);
    take_statistics(@(channels), @(positions), n, a.statistics, @(f32(eps)), @(f32(momentum)), bn);
//: end
//: if trains then
    training_factors(bn, @(channels), @(has_gamma), @(has_beta), scale, shift);
//: end
