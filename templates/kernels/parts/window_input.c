//- The input y, x that a tap of the window of output oy, ox reads, unless that is padding.
            const int y = oy * @(sy) + tap / @(kw) - @(py), x = ox * @(sx) + tap % @(kw) - @(px);
            if (y < 0 || y >= @(height) || x < 0 || x >= @(width))
                continue;
