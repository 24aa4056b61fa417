//- LANES weights of tap y, x from output channel `to` on, as the kernel U = G w G' of a bilinear convolution begins with them.
//: if turned and part then
load_part(a->turned[@(r) * y + x][from] + to, width)
//: elseif turned then
load(a->turned[@(r) * y + x][from] + to)
//: elseif part then
load_part(a->weight[@(r) * y + x][0][from] + to, width)
//: else
load(a->weight[@(r) * y + x][0][from] + to)
//: end
