//- The position of a unit and, where positions are too few units, its images i0 .. i1 - 1.
//: if slices > 1 then
    const int position = unit / @(slices), i0 = unit % @(slices) * @(slice), i1 = at_most(i0 + @(slice), a->n);
//: else
    const int position = unit;
//: end
