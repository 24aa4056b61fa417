//- What was kept for the way back, by its name in batch_norm_backward.h.
//: if kept == "result" then
RESULT
//: elseif kept == "again" then
AGAIN
//: else
NOTHING
//: end
