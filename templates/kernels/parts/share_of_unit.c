//- What a unit takes: positions begin .. end - 1, or images i0 .. i1 - 1 of one.
//: if slices > 1 then
    const int begin = unit / @(slices), end = begin + 1, i0 = unit % @(slices) * @(slice), i1 = at_most(i0 + @(slice), a->n);
//: else
    const int begin = unit * @(grain), end = @(end_of("begin", grain, positions));
//: end
