//- What a batch norm in training scales by and, where it shifts, adds, of channel c.
//: if has.gamma then
        scale[c] = bn->gamma[c] * bn->inv_std[c];
//: else
        scale[c] = bn->inv_std[c];
//: end
//: if shifts and has.beta then
        shift[c] = bn->beta[c] - bn->mean[c] * scale[c];
//: elseif shifts then
        shift[c] = -bn->mean[c] * scale[c];
//: end
