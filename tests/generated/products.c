/* The products of a generated gemm.h against sums in double, for random sizes: 300 of each kind.
 *
 *   products [SEED]      prints the first product that is wrong; exits with 1 then
 *
 * A number may be off by what k roundings of its largest sum come to, at worst; what lies around C
 * must stay. */
#include "gemm.h"
#include "model.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Columns of a panel; a BLAS has one panel. */
#if MODEL_BLAS
#define PANEL_COLUMNS(n) (n)
#else
#define PANEL_COLUMNS(n) PANEL
#endif

enum { MOST = 150, GAP = 7, FLOATS = (MOST + GAP) * (4 * MOST + GAP) };

static float a[FLOATS], b[FLOATS], c[FLOATS], old[FLOATS], packed[(MOST + 64) * 4 * MOST],
    source[FLOATS];
static uint64_t state = 1;

static int upto(int most)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return 1 + (int)((state >> 33) % (uint64_t)most);
}

static void fill(float *to)
{
    for (int i = 0; i < FLOATS; i++)
        to[i] = (float)(upto(2001) - 1001) / 500;
}

static _Alignas(64) float scratch[MODEL_SCRATCH_BYTES / sizeof(float)];

struct product {
    int m, n, k, lda, ldb, ldc, beta, transposed;
};

static int is_right(const char *kind, const struct product *p)
{
    for (int at = 0; at < FLOATS; at++) {
        const int i = at / p->ldc, j = at % p->ldc;
        double sum = old[at], bound = 0;
        if (i < p->m && j < p->n) {
            sum = p->beta ? old[at] : 0;
            for (int q = 0; q < p->k; q++) {
                const float x = p->transposed ? a[q * p->lda + i] : a[i * p->lda + q];
                const double term = (double)x * b[q * p->ldb + j];
                sum += term;
                bound += fabs(term);
            }
            bound = (p->k + 2) * 6e-8 * (bound + fabs((double)old[at]));
        }
        if (!(fabs(c[at] - sum) <= bound)) {
            printf("%s m %d n %d k %d lda %d ldb %d ldc %d beta %d: C[%d][%d] is %g, not %g\n",
                   kind, p->m, p->n, p->k, p->lda, p->ldb, p->ldc, p->beta, i, j, (double)c[at],
                   sum);
            return 0;
        }
    }
    return 1;
}

static struct product begin(int transposed)
{
    struct product p = {.m = upto(MOST),
                        .n = upto(MOST),
                        .k = upto(upto(4) == 1 ? 4 * MOST : 40),
                        .transposed = transposed};
    if (upto(3) == 1)
        p.n = 16 * upto(MOST / 16);
    p.lda = (transposed ? p.m : p.k) + upto(GAP) - 1;
    p.ldb = p.n + upto(GAP) - 1;
    p.ldc = p.n + upto(GAP) - 1;
    p.beta = upto(2) - 1;
    fill(a);
    fill(b);
    fill(c);
    memcpy(old, c, sizeof c);
    return p;
}

static int plain(void)
{
    const struct product p = begin(0);
    gemm(scratch, p.m, p.n, p.k, by_rows(a, p.lda), by_rows(b, p.ldb), ahead(b),
         into(c, p.ldc, p.beta));
    return is_right("plain", &p);
}

static int turned(void)
{
    const struct product p = begin(1);
    gemm(scratch, p.m, p.n, p.k, transposed(a, p.lda), by_rows(b, p.ldb), ahead(b),
         into(c, p.ldc, p.beta));
    return is_right("turned", &p);
}

/* B is made by panel_turn out of its transpose; what it leaves alone is NaN. */
static int panels(void)
{
    const struct product p = begin(0);
    const int distance = p.k + upto(GAP) - 1;
    for (int q = 0; q < p.k; q++)
        for (int j = 0; j < p.n; j++)
            source[j * distance + q] = b[q * p.ldb + j];
    memset(packed, 0xff, sizeof packed);
    const int rows = upto(p.k);
    for (int panel = 0; panel * PANEL_COLUMNS(p.n) < p.n; panel++)
        for (int first = 0; first < p.k; first += rows)
            panel_turn(panel, first, first + rows < p.k ? first + rows : p.k, p.n, p.k, source,
                       distance, packed);
    gemm(NULL, p.m, p.n, p.k, by_rows(a, p.lda), in_panels(packed, p.k, p.n, 0), ahead(packed),
         into(c, p.ldc, p.beta));
    return is_right("panels", &p);
}

int main(int argc, char **argv)
{
    if (argc > 1)
        state = strtoull(argv[1], NULL, 10);
    for (int i = 0; i < 300; i++)
        if (!plain() || !turned() || !panels())
            return 1;
    return 0;
}
