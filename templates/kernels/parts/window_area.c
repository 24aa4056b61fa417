//- The area of the window of output oy, ox with its padding, without what lies beyond.
            const int area = (at_most(oy * @(sy) + @(kh), @(height + 2 * py)) - oy * @(sy)) *
                             (at_most(ox * @(sx) + @(kw), @(width + 2 * px)) - ox * @(sx));
