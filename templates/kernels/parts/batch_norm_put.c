//- What becomes of the argument `to`, by its name in batch_norm_backward.h.
//: if not has[to] then
NOWHERE
//: elseif t[to].assign == "+=" then
ADD
//: else
SET
//: end
