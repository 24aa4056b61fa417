//- gemm.h: the matrix products that kernels are made of: castnet's own, or calls of CBLAS.
@(header)
#ifndef CASTNET_GEMM_H
#define CASTNET_GEMM_H

#include "base.h"
#include "vectors.h"

/* A unit's scratch begins with what products need of it; the rest is the kernel's own. */
enum { PRODUCT_SCRATCH = @(product_scratch) };

static inline void *kernel_scratch(void *scratch) { return (@(real) *)scratch + PRODUCT_SCRATCH; }

/* A matrix to read: its element i, j is at[i * row + j * column]; of A one of both is 1. group, if it isn't 0: LANES rows lie so, the
 * next ones `group` floats after them; then ROWS divides LANES, and LANES the number of rows. */
struct matrix {
    const @(real) *at;
    ptrdiff_t row, column, group;
};

/* One to write, row by row, which lie `row` apart. beta 1: it is added to; 0: what was there doesn't matter. */
struct target {
    @(real) *at;
    ptrdiff_t row;
    int beta;
};

/* Rows `distance` floats apart; the same transposed; and where to a product goes. */
INLINE struct matrix by_rows(const @(real) *at, ptrdiff_t distance)
{
    return (struct matrix){at, distance, 1, 0};
}

INLINE struct matrix transposed(const @(real) *at, ptrdiff_t distance)
{
    return (struct matrix){at, 1, distance, 0};
}

/* The transpose of [groups][columns][LANES], groups `distance` floats apart. */
INLINE struct matrix transposed_groups(const @(real) *at, ptrdiff_t distance)
{
    return (struct matrix){at, 1, LANES, distance};
}

INLINE struct target into(@(real) *at, ptrdiff_t distance, int beta)
{
    return (struct target){at, distance, beta};
}

/* Rows of `width` floats, `row` apart; width 0: one row. at NULL: nothing. */
struct run {
    const @(real) *at;
    int width;
    ptrdiff_t row;
};

/* What is read after a product and comes nearer meanwhile: of runs as many floats as A has. */
struct ahead {
    const @(real) *b; /* B of the next product; this one's, where nothing is known of that */
    struct run first, second;
};

INLINE struct ahead ahead(const @(real) *b)
{
    return (struct ahead){b, {0}, {0}};
}

//: if blas then
#include <cblas.h>

/* C = A B + beta C for A of m x k, B of k x n, by rows, and C of m x n. */
static inline void gemm(@(real) *scratch, int m, int n, int k, struct matrix a, struct matrix b, struct ahead next,
                        struct target c)
{
    const int by_row = a.column == 1 && a.row >= k;
    (void)scratch, (void)next;
    cblas_sgemm(CblasRowMajor, by_row ? CblasNoTrans : CblasTrans, CblasNoTrans, m, n, k, 1, a.at, (int)(by_row ? a.row : a.column),
                b.at, (int)b.row, (@(real))c.beta, c.at, (int)c.row);
}

/* Panels, which castnet's own products read, are one here: k rows of `width` columns, from `column` on. */
static inline struct matrix in_panels(const @(real) *b, int k, int width, int column)
{
    (void)k;
    return by_rows(b + column, width);
}

/* to = the transpose of from [n][k], rows lda apart: rows first .. last - 1 of all of it. */
static inline void panel_turn(int panel, int first, int last, int n, int k, const @(real) *from, int lda, @(real) *to)
{
    (void)panel, (void)k;
    for (int j = 0; j < n; j++)
        for (int p = first; p < last; p++)
            to[(ptrdiff_t)p * n + j] = from[(ptrdiff_t)j * lda + p];
}
//: else

/* A tile is up to @(tile.rows) rows of up to @(tile.vectors) vectors of C, in registers; DEPTH is how many rows of a panel of B stay in
 * cache while all rows of A pass by. */
enum { ROWS = @(tile.rows), VECTORS = @(tile.vectors), PANEL = VECTORS * LANES, DEPTH = @(tile.depth) };

//: if multiplies_bf16 then
/* pairs: elements of A and B are pairs of bf16, two of what is summed over. */
//: end
/* One row of B times one column of A. part: columns of the last vector, 0: all. */
INLINE void tile_add(@(of_pairs)const int rows, const int vectors, const int part, const @(real) *a, ptrdiff_t a_row,
                     const @(real) *b, vector sum[ROWS][VECTORS])
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
//: if multiplies_bf16 then
            if (pairs)
                sum[i][j] = multiply_add_pairs(x, row[j], sum[i][j]);
            else
                ACCUMULATE(sum[i][j], x, row[j]);
//: else
            ACCUMULATE(sum[i][j], x, row[j]);
//: end
    }
}

/* Brings the line of a run nearer in which its value i lies. */
INLINE void bring(struct run run, int i)
{
    if (run.at)
        PREFETCH_READ(run.at + (run.width ? i / run.width * run.row + i % run.width : i));
}

/* C = A B + beta C for one tile. Meanwhile comes nearer what is read later: of `next` 8 floats for each of k, of its runs
 * 4 of each, from value `from` on. */
INLINE void tile(@(of_pairs)const int rows, const int vectors, const int part, int k, struct matrix a, struct matrix b,
                 struct ahead next, int from, struct target c)
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
//: if multiplies_bf16 then
        for (int q = 0; q <= pairs; q++) {
            bring(next.first, (1 + pairs) * (from + 4 * p) + 16 * q);
            bring(next.second, (1 + pairs) * (from + 4 * p) + 16 * q);
        }
//: else
        bring(next.first, from + 4 * p);
        bring(next.second, from + 4 * p);
//: end
        UNROLL
        for (int q = 0; q < 4; q++) {
            tile_add(@(pairs)rows, vectors, part, a.at, a.row, b.at, sum);
            a.at += a.column;
            b.at += b.row;
        }
        next.b += 32;
    }
    for (; p < k; p++) {
        tile_add(@(pairs)rows, vectors, part, a.at, a.row, b.at, sum);
        a.at += a.column;
        b.at += b.row;
    }
    UNROLL
    for (int i = 0; i < rows; i++) {
        UNROLL
        for (int j = 0; j < vectors; j++) {
            @(real) *const to = c.at + i * c.row + j * LANES;
            if (part && j == vectors - 1)
                store_part(to, c.beta ? add(load_part(to, part), sum[i][j]) : sum[i][j], part);
            else
                store(to, c.beta ? add(load(to), sum[i][j]) : sum[i][j]);
        }
    }
}

/* Tiles of all sizes, as functions: whole panels, then narrower ones, whose last vector has `part` columns. */
//: if not has_pairs then
/* One of A's distances is 1, and each has its code: with two that are known when it runs there are too few registers for all addresses. */
//: end
#define TILE(name, @(pairs)rows, vectors, part) \
    static void name(int k, struct matrix a, struct matrix b, int columns, struct target c) \
    { \
        (void)columns; \
//: if has_pairs then
        tile(@(pairs)rows, vectors, part, k, a, b, ahead(b.at), 0, c); \
//: else
        if (a.column == 1) \
            tile(@(pairs)rows, vectors, part, k, by_rows(a.at, a.row), b, ahead(b.at), 0, c); \
        else \
            tile(@(pairs)rows, vectors, part, k, transposed(a.at, a.column), b, ahead(b.at), 0, c); \
//: end
    }
//: for _, kind in ipairs(tile_kinds) do
//:   for rows = 1, tile.rows do
TILE(@(kind.name)_@(rows)_whole, @(kind.pairs)@(rows), VECTORS, 0)
//:     for vectors = 1, tile.vectors do
TILE(@(kind.name)_@(rows)_@(vectors), @(kind.pairs)@(rows), @(vectors), columns)
//:     end
//:   end
//: end
#undef TILE

typedef void tile_function(int k, struct matrix a, struct matrix b, int columns, struct target c);
//: for _, kind in ipairs(tile_kinds) do
static tile_function *const @(kind.name)_functions[VECTORS + 1][ROWS] = {
//:   for _, row in ipairs(kind.functions) do
    {@(row)},
//:   end
};
//: end

/* All rows of one panel of B, `width` columns. Rows that make no full tile share out the last one with it, for
 * a tile of few rows leaves the multiplier idle. Whole tiles are inline: distances that are known where this is called
 * need no registers then. Of what is read `next`, a B as large as this panel and runs as large as A, each tile brings a part
 * nearer; of runs those from value `from` on. */
INLINE void gemm_panel(@(of_pairs)int m, int width, int k, struct matrix a, struct matrix b, struct ahead next, int from, struct target c)
{
    const int vectors = (width + LANES - 1) / LANES, part = width - (vectors - 1) * LANES;
//: if multiplies_bf16 then
    tile_function *const *const of_rows = (pairs ? pair_tile_functions : tile_functions)[width == PANEL ? 0 : vectors];
//: else
    tile_function *const *const of_rows = tile_functions[width == PANEL ? 0 : vectors];
//: end
    const @(real) *const later = next.b, *const first = a.at;
    const int shares = PANEL / 8;
    for (int i = 0, share = 0; i < m; share++) {
        const int left = m - i;
        const int rows = left >= 2 * ROWS || left == ROWS ? ROWS : left < ROWS ? left : (left + 1) / 2;
        next.b = share < shares ? later + share * 8 * k : b.at;
        if (rows == ROWS && width == PANEL)
            tile(@(pairs)ROWS, VECTORS, 0, k, a, b, next, from + i * k, c);
        else
            of_rows[rows - 1](k, a, b, part, c);
        c.at += rows * c.row;
        i += rows;
        a.at = a.group ? first + i / LANES * a.group + i % LANES * a.row : a.at + rows * a.row;
    }
}

/* C = A B + beta C for A of m x k, B of k x n and C of m x n, B's columns from j on, a multiple of PANEL, j * b.column floats
 * after its first. Rows of B that lie apart are brought together in scratch, the unit's, where many rows of A need them:
 * read in place, they would meet in few sets of the cache. Runs of `next` come nearer during the first panel, depth by
 * depth. */
//: if multiplies_bf16 then
INLINE void multiply_matrices(const int pairs, @(real) *scratch, int m, int n, int k, struct matrix a, struct matrix b, struct ahead next,
                              struct target c)
//: else
INLINE void gemm(@(real) *scratch, int m, int n, int k, struct matrix a, struct matrix b, struct ahead next,
                 struct target c)
//: end
{
    const int blocks = (k + DEPTH - 1) / DEPTH;
    for (int block = 0; block < blocks; block++) {
        const int p = (int)((ptrdiff_t)k * block / blocks), depth = (int)((ptrdiff_t)k * (block + 1) / blocks) - p;
        for (int j = 0; j < n; j += PANEL) {
            const int width = n - j < PANEL ? n - j : PANEL;
            const struct matrix left = {a.at + p * a.column, a.row, a.column, a.group};
            const struct matrix panel = {b.at + j * b.column + p * b.row, b.row, 1, 0};
            const struct target to = {c.at + j, c.row, c.beta || block > 0};
            struct ahead after = j == 0 ? next : ahead(NULL);
            if (b.row > PANEL && m >= 4 * ROWS) {
                for (int q = 0; q < depth; q++)
                    memcpy(scratch + q * PANEL, panel.at + q * panel.row, (size_t)width * sizeof *scratch);
                after.b = scratch;
                gemm_panel(@(pairs)m, width, depth, left, by_rows(scratch, PANEL), after, m * p, to);
            } else {
                after.b = j + PANEL < n ? panel.at + PANEL * b.column : block + 1 < blocks ? b.at + (p + depth) * b.row : next.b;
                gemm_panel(@(pairs)m, width, depth, left, panel, after, m * p, to);
            }
        }
    }
}
//: if multiplies_bf16 then

INLINE void gemm(@(real) *scratch, int m, int n, int k, struct matrix a, struct matrix b, struct ahead next,
                 struct target c)
{
    multiply_matrices(0, scratch, m, n, k, a, b, next, c);
}

//: if has_pairs then
/* The same of A of m x k pairs of bf16 and B of k x n: each product of elements is the sum of two. In plain C that is so much code
 * that there is one of it. */
OUTLINE void gemm_of_pairs(@(real) *scratch, int m, int n, int k, struct matrix a, struct matrix b, struct ahead next,
                          struct target c)
//: else
/* The same of A of m x k pairs of bf16 and B of k x n: each product of elements is the sum of two. */
INLINE void gemm_of_pairs(@(real) *scratch, int m, int n, int k, struct matrix a, struct matrix b, struct ahead next,
                          struct target c)
//: end
{
    multiply_matrices(1, scratch, m, n, k, a, b, next, c);
}
//: end

/* A matrix of k rows in panels, which are what the inner loop reads: @(panel) columns of it row by row, the next @(panel) columns
 * after them. From `column` on, a panel's first; width: how many columns all of it has. */
INLINE struct matrix in_panels(const @(real) *b, int k, int width, int column)
{
    return (struct matrix){b + (ptrdiff_t)k * column, width < PANEL ? width : PANEL, k, 0};
}

/* to = the transpose of from [n][k], rows lda apart, in panels: rows first .. last - 1 of the one panel. Columns past the last stay as
 * they are. A few rows at a time, so that what is written stays near. */
static inline void panel_turn(int panel, int first, int last, int n, int k, const @(real) *from, int lda, @(real) *to)
{
    enum { STRIP = 16 };
    const int column = panel * PANEL, width = n - column < PANEL ? n - column : PANEL, distance = n < PANEL ? n : PANEL;
    to += (ptrdiff_t)column * k;
    from += (ptrdiff_t)column * lda;
    for (int begin = first; begin < last; begin += STRIP) {
        const int end = last - begin < STRIP ? last : begin + STRIP;
        for (int j = 0; j < width; j++)
            for (int p = begin; p < end; p++)
                to[p * distance + j] = from[(ptrdiff_t)j * lda + p];
    }
}
//: end

//: if has_bf16 then
/* Rows of `width` bf16, `row` apart, as floats side by side; and back, rounded. */
static inline void widen_rows(int rows, int width, const bf16 *from, ptrdiff_t row, @(real) *to)
{
    for (int i = 0; i < rows; i++, from += row, to += width) {
        int c = 0;
        for (; c + LANES <= width; c += LANES)
            store(to + c, load_bf16(from + c));
        if (c < width)
            store_part(to + c, load_part_bf16(from + c, width - c), width - c);
    }
}

static inline void narrow_rows(int rows, int width, const @(real) *from, bf16 *to, ptrdiff_t row)
{
    for (int i = 0; i < rows; i++, from += width, to += row) {
        int c = 0;
        for (; c + LANES <= width; c += LANES)
            store_bf16(to + c, load(from + c));
        if (c < width)
            store_part_bf16(to + c, load_part(from + c, width - c), width - c);
    }
}

/* Rows of the images at positions side by side: those of one position lie `row` apart, the next position's `step` after
 * them. stage: room for the rows of one position as they are multiplied; NULL: they are floats, and multiplied where they lie. */
struct positions {
    const void *at;
    ptrdiff_t step, row;
    int is_bf16;
    @(real) *stage;
};

/* The same to write; beta as a target has it; start: NULL or, of bf16, a row to which the product is added at each image, in place of
 * what is there. */
struct positions_to {
    void *at;
    ptrdiff_t step, row;
    int beta, is_bf16;
    @(real) *stage;
    const @(real) *start;
};

INLINE struct positions positions(const @(real) *at, ptrdiff_t step, ptrdiff_t row)
{
    return (struct positions){at, step, row, 0, NULL};
}

INLINE struct positions_to into_positions(@(real) *at, ptrdiff_t step, ptrdiff_t row, int beta)
{
    return (struct positions_to){at, step, row, beta, 0, NULL, NULL};
}

/* Floats that a product has otherwise, in `stage`; bf16, to read and to write; and bf16 to write where a product is added to the row
 * `start`. */
INLINE struct positions staged_positions(const @(real) *at, ptrdiff_t step, ptrdiff_t row, @(real) *stage)
{
    return (struct positions){at, step, row, 0, stage};
}

INLINE struct positions positions_of_bf16(const bf16 *at, ptrdiff_t step, ptrdiff_t row, @(real) *stage)
{
    return (struct positions){at, step, row, 1, stage};
}

INLINE struct positions_to into_positions_of_bf16(bf16 *at, ptrdiff_t step, ptrdiff_t row, int beta, @(real) *stage)
{
    return (struct positions_to){at, step, row, beta, 1, stage, NULL};
}

INLINE struct positions_to onto_row(bf16 *at, ptrdiff_t step, ptrdiff_t row, const @(real) *start, @(real) *stage)
{
    return (struct positions_to){at, step, row, 1, 1, stage, start};
}

/* The rows of position i, of `width` values, as floats. */
INLINE struct matrix rows_of(struct positions a, int i, int images, int width)
{
    if (!a.is_bf16)
        return by_rows((const @(real) *)a.at + i * a.step, a.row);
    widen_rows(images, width, (const bf16 *)a.at + i * a.step, a.row, a.stage);
    return by_rows(a.stage, width);
}

/* Where a product of position i, of `width` columns, goes as floats; and then to where it belongs. */
INLINE struct target target_of(struct positions_to c, int i, int images, int width)
{
    if (!c.is_bf16)
        return into((@(real) *)c.at + i * c.step, c.row, c.beta);
    if (c.start)
        for (int image = 0; image < images; image++)
            memcpy(c.stage + image * width, c.start, (size_t)width * sizeof *c.stage);
    else if (c.beta)
        widen_rows(images, width, (const bf16 *)c.at + i * c.step, c.row, c.stage);
    return into(c.stage, width, c.beta);
}

INLINE void put_rows(struct positions_to c, int i, int images, int width)
{
    if (c.is_bf16)
        narrow_rows(images, width, c.stage, (bf16 *)c.at + i * c.step, c.row);
}

//: else
/* Rows of the images at positions side by side: those of one position lie `row` apart, the next position's `step` after
 * them. */
struct positions {
    const @(real) *at;
    ptrdiff_t step, row;
};

/* The same to write; beta as a target has it. */
struct positions_to {
    @(real) *at;
    ptrdiff_t step, row;
    int beta;
};

INLINE struct positions positions(const @(real) *at, ptrdiff_t step, ptrdiff_t row)
{
    return (struct positions){at, step, row};
}

INLINE struct positions_to into_positions(@(real) *at, ptrdiff_t step, ptrdiff_t row, int beta)
{
    return (struct positions_to){at, step, row, beta};
}

//: end
/* C = A B + beta C of each position, of `images` rows. Positions that lie close, as those of a full batch, are one
 * product. */
INLINE void gemm_positions(@(real) *scratch, int count, int images, int n, int k, struct positions a, struct matrix b,
                           struct positions_to c)
{
//: if has_bf16 then
    if (!a.is_bf16 && !c.is_bf16 && a.step == images * a.row && c.step == images * c.row) {
//: else
    if (a.step == images * a.row && c.step == images * c.row) {
//: end
        images *= count;
        count = 1;
    }
//: if has_bf16 then
    for (int i = 0; i < count; i++) {
        const struct matrix from = rows_of(a, i, images, k);
        gemm(scratch, images, n, k, from, b, ahead(b.at), target_of(c, i, images, n));
        put_rows(c, i, images, n);
    }
//: else
    for (int i = 0; i < count; i++)
        gemm(scratch, images, n, k, by_rows(a.at + i * a.step, a.row), b, ahead(b.at), into(c.at + i * c.step, c.row, c.beta));
//: end
}

//: if multiplies_bf16 then
/* Pairs of rows of `width` values, floats or bf16, `row` apart; behind an odd one is a row of zeros. */
static inline void pair_rows(int rows, int width, const void *from, ptrdiff_t row, const int is_bf16, @(real) *to)
{
    for (int i = 0; i < rows; i += 2, to += width) {
        for (int c = 0; c < width; c += LANES) {
            const int count = width - c < LANES ? width - c : LANES;
            const void *const first = place_at(from, i * row + c, is_bf16), *const second = place_at(from, (i + 1) * row + c, is_bf16);
            const vector x = is_bf16 ? load_part_bf16(first, count) : load_part(first, count);
            const vector y = i + 1 == rows ? spread(0) : is_bf16 ? load_part_bf16(second, count) : load_part(second, count);
            store_part(to + c, pairs_of(x, y), count);
        }
    }
}

/* The rows of position i as `width` pairs each of neighbouring channels: bf16 as they lie, floats rounded, in their stage. */
INLINE struct matrix pairs_of_position(struct positions a, int i, int images, int width)
{
    if (a.is_bf16)
        return by_rows((const @(real) *)((const bf16 *)a.at + i * a.step), a.row / 2);
    for (int image = 0; image < images; image++)
        narrow_rows(1, 2 * width, (const @(real) *)a.at + i * a.step + image * a.row, (bf16 *)(a.stage + image * width), 0);
    return by_rows(a.stage, width);
}

/* gemm_positions of pairs, k of them. */
INLINE void gemm_positions_of_pairs(@(real) *scratch, int count, int images, int n, int k, struct positions a, struct matrix b,
                                    struct positions_to c)
{
    for (int i = 0; i < count; i++) {
        const struct matrix from = pairs_of_position(a, i, images, k);
        const struct target to = target_of(c, i, images, n);
        gemm_of_pairs(scratch, images, n, k, from, b, ahead(b.at), to);
        put_rows(c, i, images, n);
    }
}

/* gemm_sum of pairs of images, which are made in the stages of both. */
INLINE void gemm_sum_of_pairs(@(real) *scratch, int count, int images, int m, int n, struct positions a, struct positions b,
                              struct target c)
{
    for (int i = 0; i < count; i++) {
        pair_rows(images, m, place_at(a.at, i * a.step, a.is_bf16), a.row, a.is_bf16, a.stage);
        pair_rows(images, n, place_at(b.at, i * b.step, b.is_bf16), b.row, b.is_bf16, b.stage);
        gemm_of_pairs(scratch, m, n, (images + 1) / 2, transposed(a.stage, m), by_rows(b.stage, n), ahead(b.stage),
                      into(c.at, c.row, i > 0 || c.beta));
    }
}

//: end
/* C = the sum over positions of A' B, + beta C. */
INLINE void gemm_sum(@(real) *scratch, int count, int images, int m, int n, struct positions a, struct positions b,
                     struct target c)
{
//: if has_bf16 then
    if (!a.is_bf16 && !b.is_bf16 && a.step == images * a.row && b.step == images * b.row) {
//: else
    if (a.step == images * a.row && b.step == images * b.row) {
//: end
        images *= count;
        count = 1;
    }
//: if has_bf16 then
    for (int i = 0; i < count; i++) {
        const struct matrix left = rows_of(a, i, images, m), right = rows_of(b, i, images, n);
        const @(real) *const next = b.is_bf16 ? right.at : (const @(real) *)b.at + (i + 1 < count ? i + 1 : i) * b.step;
        gemm(scratch, m, n, images, transposed(left.at, left.row), right, ahead(next), into(c.at, c.row, i > 0 || c.beta));
    }
//: else
    for (int i = 0; i < count; i++)
        gemm(scratch, m, n, images, transposed(a.at + i * a.step, a.row), by_rows(b.at + i * b.step, b.row),
             ahead(b.at + (i + 1 < count ? i + 1 : i) * b.step), into(c.at, c.row, i > 0 || c.beta));
//: end
}

#endif
