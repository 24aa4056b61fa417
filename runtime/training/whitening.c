/* whitening.c - see whitening.h */
#include "training/whitening.h"

#include <math.h>
#include <stdlib.h>

#include "files/layout.h"
#include "platform/pool.h"
#include "training/eigenvectors.h"

/* The patches of all images, every one that lies within its image. Values of a patch are counted
 * in the order of a filter's: channel, row, column. */
struct patches {
    const struct dataset *images;
    int count;         /* of images */
    int size;          /* values of a patch */
    int height, width; /* positions in an image */
    int kernel[2], dilation[2];
    uint64_t *sums;     /* [size]: of bytes */
    uint64_t *products; /* [size][size], from the diagonal on: of two bytes of one patch */
};

/* Where value `which` of the first patch of an image lies in it. */
static int place_of(const struct patches *patches, int which)
{
    int column = which % patches->kernel[1], row = which / patches->kernel[1] % patches->kernel[0];
    int channel = which / patches->kernel[1] / patches->kernel[0];

    return (channel * MODEL_HEIGHT + row * patches->dilation[0]) * MODEL_WIDTH +
           column * patches->dilation[1];
}

/* A row of at most 65536 products of bytes fits 32 bits. */
static uint64_t sum_products(const struct patches *patches, const uint8_t *a, const uint8_t *b)
{
    uint64_t sum = 0;

    for (int y = 0; y < patches->height; y++) {
        const uint8_t *row_a = a + (ptrdiff_t)y * MODEL_WIDTH,
                      *row_b = b + (ptrdiff_t)y * MODEL_WIDTH;
        uint32_t of_row = 0;

        for (int x = 0; x < patches->width; x++)
            of_row += (uint32_t)row_a[x] * row_b[x];
        sum += of_row;
    }
    return sum;
}

static uint64_t sum_bytes(const struct patches *patches, const uint8_t *a)
{
    uint64_t sum = 0;

    for (int y = 0; y < patches->height; y++)
        for (int x = 0; x < patches->width; x++)
            sum += a[(ptrdiff_t)y * MODEL_WIDTH + x];
    return sum;
}

/* Row i of the sums: a unit of the pool. */
static void sum_row(const void *arguments, int i, void *scratch)
{
    const struct patches *patches = arguments;
    uint64_t *products = patches->products + (ptrdiff_t)i * patches->size;
    int place = place_of(patches, i);

    (void)scratch;
    for (int n = 0; n < patches->count; n++) {
        const uint8_t *image = patches->images->images + (ptrdiff_t)n * DATASET_IMAGE_BYTES;

        patches->sums[i] += sum_bytes(patches, image + place);
        for (int j = i; j < patches->size; j++)
            products[j] += sum_products(patches, image + place, image + place_of(patches, j));
    }
}

/* covariance[size][size] of normalised pixels, with the divisor n - 1. */
static void covariance_of(const struct patches *patches, const double *std, double *covariance)
{
    int size = patches->size, taps = patches->kernel[0] * patches->kernel[1];
    double n = (double)patches->count * patches->height * patches->width;

    for (int i = 0; i < size; i++)
        for (int j = i; j < size; j++) {
            double products = (double)patches->products[(ptrdiff_t)i * size + j];
            double means = (double)patches->sums[i] / n * (double)patches->sums[j];
            double scale = 255 * std[i / taps] * 255 * std[j / taps];

            covariance[i * size + j] = covariance[j * size + i] =
                (products - means) / (fmax(n - 1, 1) * scale);
        }
}

/* The largest eigenvalue's place that is not taken yet; of equal ones the first. */
static int take_largest(const double *covariance, int size, char *taken)
{
    int largest = -1;

    for (int i = 0; i < size; i++)
        if (!taken[i] &&
            (largest < 0 || covariance[i * size + i] > covariance[largest * size + largest]))
            largest = i;
    taken[largest] = 1;
    return largest;
}

/* -1 if the component that is largest, without its sign, is negative, else 1. */
static int sign_of(const double *vector, int size)
{
    int largest = 0;

    for (int i = 1; i < size; i++)
        if (fabs(vector[i]) > fabs(vector[largest]))
            largest = i;
    return vector[largest] < 0 ? -1 : 1;
}

static void write_filters(const double *covariance, const double *vectors, int size, double eps,
                          int count, char *taken, float *filters)
{
    for (int i = 0; i < count; i += 2) {
        int which = take_largest(covariance, size, taken);
        const double *vector = vectors + (ptrdiff_t)which * size;
        double value = fmax(covariance[which * size + which], 0);
        double scale = sign_of(vector, size) / sqrt(value + eps);

        for (int j = 0; j < size; j++) {
            float whitens = (float)(scale * vector[j]);

            filters[(ptrdiff_t)i * size + j] = whitens;
            if (i + 1 < count)
                filters[(ptrdiff_t)(i + 1) * size + j] = -whitens;
        }
    }
}

int whitening_filters(const struct model_whitening *how, const int dims[4], const double *std,
                      const struct dataset *train, float *filters, struct error *error)
{
    int size = dims[1] * dims[2] * dims[3];
    size_t squared = (size_t)size * (size_t)size;
    struct patches patches = {
        .images = train,
        .count = how->images < train->count ? how->images : train->count,
        .size = size,
        .height = MODEL_HEIGHT - (dims[2] - 1) * how->dilation[0],
        .width = MODEL_WIDTH - (dims[3] - 1) * how->dilation[1],
        .kernel = {dims[2], dims[3]},
        .dilation = {how->dilation[0], how->dilation[1]},
        .sums = calloc((size_t)size, sizeof *patches.sums),
        .products = calloc(squared, sizeof *patches.products),
    };
    double *covariance = malloc(squared * sizeof *covariance);
    double *vectors = malloc(squared * sizeof *vectors);
    char *taken = calloc((size_t)size, 1);
    int result = -1;

    if (patches.sums && patches.products && covariance && vectors && taken) {
        pool_run(size, sum_row, &patches);
        covariance_of(&patches, std, covariance);
        eigenvectors_find(covariance, vectors, size);
        write_filters(covariance, vectors, size, how->eps, dims[0], taken, filters);
        result = 0;
    } else {
        error_set(error, "no memory for the covariance of %d values of a patch", size);
    }
    free(patches.sums);
    free(patches.products);
    free(covariance);
    free(vectors);
    free(taken);
    return result;
}

int whitening_set(const struct dataset *train, struct error *error)
{
    const struct model_whitening *how = &MODEL(whitening);
    const struct model_tensor *tensor = how->images ? &MODEL(tensors)[how->tensor] : NULL;
    float *filters;

    if (!tensor)
        return 0;
    filters = malloc(layout_count(tensor) * sizeof *filters);
    if (!filters)
        return error_set(error, "no memory for %s", tensor->name);
    if (whitening_filters(how, tensor->dims, MODEL(recipe).std, train, filters, error) == 0) {
        layout_import(tensor, filters);
        free(filters);
        return 0;
    }
    free(filters);
    return -1;
}
