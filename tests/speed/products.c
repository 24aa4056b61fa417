/* products.c - share of the peak that products of castnet's own reach, on one thread, for make
 * bench-kernels.
 *
 *   products PEAK      GFLOP/s of multiply-adds in registers, as peak.c measures them
 *
 * Of 64 rows by one panel, as the kernels of bilinear convolutions have them: A by rows, B in a
 * panel. Once with all in the nearest cache, once by turns at 36 places, which lie in a core's own
 * second one. Best of several times, on a processor. */
#define _POSIX_C_SOURCE 200809L
#include "gemm.h"
#include "model.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#if MODEL_BLAS
enum { COLUMNS = 64 };
#else
enum { COLUMNS = PANEL };
#endif
enum { ROWS_OF_A = 64, MOST = 512, PLACES = 36, GAP = 16, ATTEMPTS = 9 };

/* Places lie one after the other, as in kernels: whole powers of two apart they would meet in few
 * sets of the cache. */
static _Alignas(64) float a[PLACES * (ROWS_OF_A * MOST + GAP)], b[PLACES * (MOST * COLUMNS + GAP)],
    c[PLACES * (ROWS_OF_A * COLUMNS + GAP)];
static _Alignas(64) float scratch[MODEL_SCRATCH_BYTES / sizeof(float)];

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Best GFLOP/s of products of k, at so many places by turns. */
static double gflops(int k, int places)
{
    const double gflop = 2e-9 * ROWS_OF_A * COLUMNS * k * places;
    const int repeats = (int)(0.05 / gflop) + 1;
    const int a_step = ROWS_OF_A * k + GAP, b_step = k * COLUMNS + GAP,
              c_step = ROWS_OF_A * COLUMNS + GAP;
    double best = 0;

    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        const double begin = now();
        for (int r = 0; r < repeats; r++)
            for (int i = 0; i < places; i++)
                gemm(scratch, ROWS_OF_A, COLUMNS, k, by_rows(a + i * a_step, k),
                     in_panels(b + i * b_step, k, COLUMNS, 0),
                     ahead(b + (i + 1 < places ? i + 1 : 0) * b_step),
                     into(c + i * c_step, COLUMNS, 0));
        const double rate = gflop * repeats / (now() - begin);
        best = rate > best ? rate : best;
    }
    return best;
}

int main(int argc, char **argv)
{
    const double peak = argc > 1 ? atof(argv[1]) : 0;

    if (!(peak > 0)) {
        fprintf(stderr, "products: say the peak in GFLOP/s\n");
        return 1;
    }
    for (int k = 64; k <= MOST; k *= 2)
        printf("products of %d x %d x %3d: %.2f of peak in the nearest cache, %.2f at %d places\n",
               ROWS_OF_A, (int)COLUMNS, k, gflops(k, 1) / peak, gflops(k, PLACES) / peak,
               (int)PLACES);
    return 0;
}
