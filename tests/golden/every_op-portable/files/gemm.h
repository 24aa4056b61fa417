/* Made by castnet 0.1.0 from every_op.lua --target portable --batch 2.
 * This file belongs to whoever made it. */
#ifndef CASTNET_GEMM_H
#define CASTNET_GEMM_H

#include "base.h"
#include "vectors.h"

/* A unit's scratch begins with what products need of it; the rest is the kernel's own. */
enum { PRODUCT_SCRATCH = 2048 };

static inline void *kernel_scratch(void *scratch) { return (float *)scratch + PRODUCT_SCRATCH; }

/* A matrix to read: its element i, j is at[i * row + j * column]; of A one of both is 1. group, if
 * it isn't 0: LANES rows lie so, the next ones `group` floats after them; then ROWS divides LANES,
 * and LANES the number of rows. */
struct matrix {
    const float *at;
    ptrdiff_t row, column, group;
};

/* One to write, row by row, which lie `row` apart. beta 1: it is added to; 0: what was there
 * doesn't matter. */
struct target {
    float *at;
    ptrdiff_t row;
    int beta;
};

/* Rows `distance` floats apart; the same transposed; and where to a product goes. */
INLINE struct matrix by_rows(const float *at, ptrdiff_t distance)
{
    return (struct matrix){at, distance, 1, 0};
}

INLINE struct matrix transposed(const float *at, ptrdiff_t distance)
{
    return (struct matrix){at, 1, distance, 0};
}

/* The transpose of [groups][columns][LANES], groups `distance` floats apart. */
INLINE struct matrix transposed_groups(const float *at, ptrdiff_t distance)
{
    return (struct matrix){at, 1, LANES, distance};
}

INLINE struct target into(float *at, ptrdiff_t distance, int beta)
{
    return (struct target){at, distance, beta};
}

/* Rows of `width` floats, `row` apart; width 0: one row. at NULL: nothing. */
struct run {
    const float *at;
    int width;
    ptrdiff_t row;
};

/* What is read after a product and comes nearer meanwhile: of runs as many floats as A has. */
struct ahead {
    const float *b; /* B of the next product; this one's, where nothing is known of that */
    struct run first, second;
};

INLINE struct ahead ahead(const float *b)
{
    return (struct ahead){b, {0}, {0}};
}


/* A tile is up to 4 rows of up to 2 vectors of C, in registers; DEPTH is how many rows of a panel
 * of B stay in cache while all rows of A pass by. */
enum { ROWS = 4, VECTORS = 2, PANEL = VECTORS * LANES, DEPTH = 256 };

/* One row of B times one column of A. part: columns of the last vector, 0: all. */
INLINE void tile_add(const int rows, const int vectors, const int part, const float *a,
                     ptrdiff_t a_row, const float *b, vector sum[ROWS][VECTORS])
{
    vector row[VECTORS];
    UNROLL
    for (int j = 0; j < vectors; j++)
        row[j] = part && j == vectors - 1 ? load_part(b + j * LANES, part) : load(b + j * LANES);
    UNROLL
    for (int i = 0; i < rows; i++) {
        const vector x = spread(a[i * a_row]);
        UNROLL
        for (int j = 0; j < vectors; j++)
            ACCUMULATE(sum[i][j], x, row[j]);
    }
}

/* Brings the line of a run nearer in which its value i lies. */
INLINE void bring(struct run run, int i)
{
    if (run.at)
        PREFETCH_READ(run.at + (run.width ? i / run.width * run.row + i % run.width : i));
}

/* C = A B + beta C for one tile. Meanwhile comes nearer what is read later: of `next` 8 floats for
 * each of k, of its runs 4 of each, from value `from` on. */
INLINE void tile(const int rows, const int vectors, const int part, int k, struct matrix a,
                 struct matrix b, struct ahead next, int from, struct target c)
{
    vector sum[ROWS][VECTORS];
    UNROLL
    for (int i = 0; i < rows; i++) {
        UNROLL
        for (int j = 0; j < vectors; j++) {
            if (j * LANES % 16 == 0)
                PREFETCH(c.at + i * c.row + j * LANES);
            sum[i][j] = spread(0);
        }
    }
    int p = 0;
    for (; p + 4 <= k; p += 4) {
        PREFETCH_READ(next.b);
        PREFETCH_READ(next.b + 16);
        bring(next.first, from + 4 * p);
        bring(next.second, from + 4 * p);
        UNROLL
        for (int q = 0; q < 4; q++) {
            tile_add(rows, vectors, part, a.at, a.row, b.at, sum);
            a.at += a.column;
            b.at += b.row;
        }
        next.b += 32;
    }
    for (; p < k; p++) {
        tile_add(rows, vectors, part, a.at, a.row, b.at, sum);
        a.at += a.column;
        b.at += b.row;
    }
    UNROLL
    for (int i = 0; i < rows; i++) {
        UNROLL
        for (int j = 0; j < vectors; j++) {
            float *const to = c.at + i * c.row + j * LANES;
            if (part && j == vectors - 1)
                store_part(to, c.beta ? add(load_part(to, part), sum[i][j]) : sum[i][j], part);
            else
                store(to, c.beta ? add(load(to), sum[i][j]) : sum[i][j]);
        }
    }
}

/* Tiles of all sizes, as functions: whole panels, then narrower ones, whose last vector has `part`
 * columns. */
/* One of A's distances is 1, and each has its code: with two that are known when it runs there are
 * too few registers for all addresses. */
#define TILE(name, rows, vectors, part) \
    static void name(int k, struct matrix a, struct matrix b, int columns, struct target c) \
    { \
        (void)columns; \
        if (a.column == 1) \
            tile(rows, vectors, part, k, by_rows(a.at, a.row), b, ahead(b.at), 0, c); \
        else \
            tile(rows, vectors, part, k, transposed(a.at, a.column), b, ahead(b.at), 0, c); \
    }
TILE(tile_1_whole, 1, VECTORS, 0)
TILE(tile_1_1, 1, 1, columns)
TILE(tile_1_2, 1, 2, columns)
TILE(tile_2_whole, 2, VECTORS, 0)
TILE(tile_2_1, 2, 1, columns)
TILE(tile_2_2, 2, 2, columns)
TILE(tile_3_whole, 3, VECTORS, 0)
TILE(tile_3_1, 3, 1, columns)
TILE(tile_3_2, 3, 2, columns)
TILE(tile_4_whole, 4, VECTORS, 0)
TILE(tile_4_1, 4, 1, columns)
TILE(tile_4_2, 4, 2, columns)
#undef TILE

typedef void tile_function(int k, struct matrix a, struct matrix b, int columns, struct target c);
static tile_function *const tile_functions[VECTORS + 1][ROWS] = {
    {tile_1_whole, tile_2_whole, tile_3_whole, tile_4_whole},
    {tile_1_1, tile_2_1, tile_3_1, tile_4_1},
    {tile_1_2, tile_2_2, tile_3_2, tile_4_2},
};

/* All rows of one panel of B, `width` columns. Rows that make no full tile share out the last one
 * with it, for a tile of few rows leaves the multiplier idle. Whole tiles are inline: distances
 * that are known where this is called need no registers then. Of what is read `next`, a B as large
 * as this panel and runs as large as A, each tile brings a part nearer; of runs those from value
 * `from` on. */
INLINE void gemm_panel(int m, int width, int k, struct matrix a, struct matrix b, struct ahead next,
                       int from, struct target c)
{
    const int vectors = (width + LANES - 1) / LANES, part = width - (vectors - 1) * LANES;
    tile_function *const *const of_rows = tile_functions[width == PANEL ? 0 : vectors];
    const float *const later = next.b, *const first = a.at;
    const int shares = PANEL / 8;
    for (int i = 0, share = 0; i < m; share++) {
        const int left = m - i;
        const int rows = left >= 2 * ROWS || left == ROWS ? ROWS : left < ROWS ? left
            : (left + 1) / 2;
        next.b = share < shares ? later + share * 8 * k : b.at;
        if (rows == ROWS && width == PANEL)
            tile(ROWS, VECTORS, 0, k, a, b, next, from + i * k, c);
        else
            of_rows[rows - 1](k, a, b, part, c);
        c.at += rows * c.row;
        i += rows;
        a.at = a.group ? first + i / LANES * a.group + i % LANES * a.row : a.at + rows * a.row;
    }
}

/* C = A B + beta C for A of m x k, B of k x n and C of m x n, B's columns from j on, a multiple of
 * PANEL, j * b.column floats after its first. Rows of B that lie apart are brought together in
 * scratch, the unit's, where many rows of A need them:
 * read in place, they would meet in few sets of the cache. Runs of `next` come nearer during the
 * first panel, depth by depth. */
INLINE void gemm(float *scratch, int m, int n, int k, struct matrix a, struct matrix b,
                 struct ahead next, struct target c)
{
    const int blocks = (k + DEPTH - 1) / DEPTH;
    for (int block = 0; block < blocks; block++) {
        const int p = (int)((ptrdiff_t)k * block / blocks),
            depth = (int)((ptrdiff_t)k * (block + 1) / blocks) - p;
        for (int j = 0; j < n; j += PANEL) {
            const int width = n - j < PANEL ? n - j : PANEL;
            const struct matrix left = {a.at + p * a.column, a.row, a.column, a.group};
            const struct matrix panel = {b.at + j * b.column + p * b.row, b.row, 1, 0};
            const struct target to = {c.at + j, c.row, c.beta || block > 0};
            struct ahead after = j == 0 ? next : ahead(NULL);
            if (b.row > PANEL && m >= 4 * ROWS) {
                for (int q = 0; q < depth; q++)
                    memcpy(scratch + q * PANEL, panel.at + q * panel.row,
                           (size_t)width * sizeof *scratch);
                after.b = scratch;
                gemm_panel(m, width, depth, left, by_rows(scratch, PANEL), after, m * p, to);
            } else {
                after.b = j + PANEL < n ? panel.at + PANEL * b.column : block + 1 < blocks
                    ? b.at + (p + depth) * b.row : next.b;
                gemm_panel(m, width, depth, left, panel, after, m * p, to);
            }
        }
    }
}

/* A matrix of k rows in panels, which are what the inner loop reads: 8 columns of it row by row,
 * the next 8 columns after them. From `column` on, a panel's first; width: how many columns all of
 * it has. */
INLINE struct matrix in_panels(const float *b, int k, int width, int column)
{
    return (struct matrix){b + (ptrdiff_t)k * column, width < PANEL ? width : PANEL, k, 0};
}

/* to = the transpose of from [n][k], rows lda apart, in panels: rows first .. last - 1 of the one
 * panel. Columns past the last stay as they are. A few rows at a time, so that what is written
 * stays near. */
static inline void panel_turn(int panel, int first, int last, int n, int k, const float *from,
                              int lda, float *to)
{
    enum { STRIP = 16 };
    const int column = panel * PANEL, width = n - column < PANEL ? n - column : PANEL,
        distance = n < PANEL ? n : PANEL;
    to += (ptrdiff_t)column * k;
    from += (ptrdiff_t)column * lda;
    for (int begin = first; begin < last; begin += STRIP) {
        const int end = last - begin < STRIP ? last : begin + STRIP;
        for (int j = 0; j < width; j++)
            for (int p = begin; p < end; p++)
                to[p * distance + j] = from[(ptrdiff_t)j * lda + p];
    }
}

/* Rows of the images at positions side by side: those of one position lie `row` apart, the next
 * position's `step` after them. */
struct positions {
    const float *at;
    ptrdiff_t step, row;
};

/* The same to write; beta as a target has it. */
struct positions_to {
    float *at;
    ptrdiff_t step, row;
    int beta;
};

INLINE struct positions positions(const float *at, ptrdiff_t step, ptrdiff_t row)
{
    return (struct positions){at, step, row};
}

INLINE struct positions_to into_positions(float *at, ptrdiff_t step, ptrdiff_t row, int beta)
{
    return (struct positions_to){at, step, row, beta};
}

/* C = A B + beta C of each position, of `images` rows. Positions that lie close, as those of a full
 * batch, are one product. */
INLINE void gemm_positions(float *scratch, int count, int images, int n, int k, struct positions a,
                           struct matrix b, struct positions_to c)
{
    if (a.step == images * a.row && c.step == images * c.row) {
        images *= count;
        count = 1;
    }
    for (int i = 0; i < count; i++)
        gemm(scratch, images, n, k, by_rows(a.at + i * a.step, a.row), b, ahead(b.at),
             into(c.at + i * c.step, c.row, c.beta));
}

/* C = the sum over positions of A' B, + beta C. */
INLINE void gemm_sum(float *scratch, int count, int images, int m, int n, struct positions a,
                     struct positions b, struct target c)
{
    if (a.step == images * a.row && b.step == images * b.row) {
        images *= count;
        count = 1;
    }
    for (int i = 0; i < count; i++)
        gemm(scratch, m, n, images, transposed(a.at + i * a.step, a.row),
             by_rows(b.at + i * b.step, b.row), ahead(b.at + (i + 1 < count ? i + 1 : i) * b.step),
             into(c.at, c.row, i > 0 || c.beta));
}

#endif
