//- The arguments of a unit, and how large it is.
//: if shares then
    const int columns = share_of_unit(host, (n + @(images - 1)) / @(images), @(all_columns), @(columns), @(least_columns));
    const int column_blocks = (@(all_columns) + columns - 1) / columns;
    const int images = share_of_unit(host, column_blocks, n, @(most_images), @(least_images)), blocks = (n + images - 1) / images;
    const struct @(name)_arguments a = {@(pack), images, columns, column_blocks};
//: else
    const struct @(name)_arguments a = {@(pack)};
//: end
