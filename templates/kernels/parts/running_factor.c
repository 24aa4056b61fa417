//- What a batch norm in evaluation scales by, of channel c.
//: if has.gamma then
        scale[c] = bn->gamma[c] / sqrtf(bn->running_var[c] + @(f32(eps)));
//: else
        scale[c] = 1 / sqrtf(bn->running_var[c] + @(f32(eps)));
//: end
