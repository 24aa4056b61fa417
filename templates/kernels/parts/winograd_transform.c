//- What one side of a weight's gradient by a bilinear algorithm transforms: its tiles of inputs, or of gradients of outputs.
/* @(side.what) of `count` images of one tile from image i on, for @(side.share) from @(side.first) on. */
OUTLINE void @(name)_transform_@(side.from)(const struct @(name)_arguments *a, int tile, int i, int count, @(side.takes)@(real) *to)
{
    const @(t[side.from].type) *from[@(side.places)];
    for (int j = 0; j < @(side.places); j++)
        from[j] = @(name)_@(side.reads)(a, tile, i, @(side.first), j);
//: if side.from == "x" then
//:   if lacks.factors then
    if (a->factors) {
        @(name)_normalised(a, from, count, @(side.given)to);
        return;
    }
//:   elseif has.factors then
    @(name)_normalised(a, from, count, @(side.given)to);
//:   end
//: end
//: if side.from ~= "x" or lacks.factors or not has.factors then
//:   if is_narrow then
    for (int n = 0; n < count; n += 2) {
        const int image = n + 1 < count ? @(side.channels) : 0;
//:     if side.overlap then
        for (int j = 0; j < @(side.block); j += LANES) {
            const int at = at_most(j, @(side.block) - LANES); /* the last vector may have values of the one before it, too */
            @(tile_of(form, side.transform, stored, read))(from, n * @(side.channels) + at, image, @(side.to), @(side.place));
        }
//:     else
        for (int j = 0; j < @(side.width); j += LANES)
            @(tile_of(form, side.transform, stored, read))(from, n * @(side.channels) + j, image, @(side.to), @(side.place));
//:     end
    }
//:   elseif side.flat then
//:     if side.overlap then
    for (int j = 0; j < count * @(side.block); j += LANES) {
        const int at = at_most(j, count * @(side.block) - LANES); /* the last vector may have values of the one before it, too */
        @(tile_of(form, side.transform, stored, read))(1, from, at, to + at, @(side.place));
    }
//:     else
    for (int j = 0; j < count * @(side.block); j += @(side.floats))
        @(tile_of(form, side.transform, stored, read))(@(side.vectors), from, j, to + j, @(side.place));
//:     end
//:   else
    for (int n = 0; n < count; n++) {
//:     if side.overlap then
        for (int j = 0; j < @(side.block); j += LANES) {
            const int at = at_most(j, @(side.block) - LANES);
            @(tile_of(form, side.transform, stored, read))(1, from, n * @(side.channels) + at, @(side.to), @(side.place));
        }
//:     else
        for (int j = 0; j < @(side.width); j += @(side.floats))
            @(tile_of(form, side.transform, stored, read))(@(side.vectors), from, n * @(side.channels) + j, @(side.to), @(side.place));
//:     end
    }
//:   end
//: end
}
