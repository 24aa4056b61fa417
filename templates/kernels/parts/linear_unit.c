//- Which images and which columns of the product a unit makes.
//: if shares then
    const int first = unit / a->column_blocks * a->images, count = at_most(a->n - first, a->images);
    const int column = unit % a->column_blocks * a->columns, columns = at_most(@(all_columns) - column, a->columns);
//: else
    enum { column = 0, columns = @(all_columns) };
    const int first = unit * @(images), count = at_most(a->n - first, @(images));
//: end
