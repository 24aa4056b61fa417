//- The part of the image that output oy, ox is made of.
    const int y0 = oy * @(height) / @(out_height), y1 = ((oy + 1) * @(height) + @(out_height - 1)) / @(out_height);
    const int x0 = ox * @(width) / @(out_width), x1 = ((ox + 1) * @(width) + @(out_width - 1)) / @(out_width);
