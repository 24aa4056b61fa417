//- The outputs that input y, x is a part of.
    const int oy0 = y * @(out_height) / @(height), oy1 = ((y + 1) * @(out_height) + @(height - 1)) / @(height);
    const int ox0 = x * @(out_width) / @(width), ox1 = ((x + 1) * @(out_width) + @(width - 1)) / @(width);
