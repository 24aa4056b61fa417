/* tta.c - see tta.h */
#include "evaluation/tta.h"

#include <stddef.h>
#include <string.h>

#include "data/reflect.h"
#include "model.h"

static const struct view alone[] = {{false, 0, 1}};
static const struct view flipped[] = {{false, 0, 0.5}, {true, 0, 0.5}};
static const struct view shifted[] = {{false, 0, 0.25},  {true, 0, 0.25},   {false, -1, 0.125},
                                      {true, -1, 0.125}, {false, 1, 0.125}, {true, 1, 0.125}};

static const struct {
    const char *name, *text;
    const struct view *views;
    int count;
} kinds[] = {
    [TTA_NONE] = {NULL, "", alone, sizeof alone / sizeof *alone},
    [TTA_FLIP] = {"flip", "mirrored images", flipped, sizeof flipped / sizeof *flipped},
    [TTA_FLIP_SHIFT] = {"flip+shift", "mirrored and shifted images", shifted,
                        sizeof shifted / sizeof *shifted},
};

const struct view *tta_views(enum tta kind, int *count)
{
    *count = kinds[kind].count;
    return kinds[kind].views;
}

const char *tta_name(enum tta kind)
{
    return kinds[kind].name;
}

const char *tta_describe(enum tta kind)
{
    return kinds[kind].text;
}

int tta_parse(const char *text, enum tta *kind, struct error *error)
{
    for (int i = TTA_FLIP; i <= TTA_FLIP_SHIFT; i++)
        if (strcmp(text, kinds[i].name) == 0) {
            *kind = (enum tta)i;
            return 0;
        }
    return error_set(error, "--tta %s: give flip or flip+shift", text);
}

static void show_row(uint8_t *out, const uint8_t *row, const struct view *view)
{
    for (int x = 0; x < MODEL_WIDTH; x++) {
        int at = view->is_mirrored ? MODEL_WIDTH - 1 - x : x;

        out[x] = row[reflect(at - view->shift, MODEL_WIDTH)];
    }
}

void tta_show(uint8_t *out, const uint8_t *images, int n, const struct view *view)
{
    for (ptrdiff_t plane = 0; plane < (ptrdiff_t)n * MODEL_CHANNELS; plane++) {
        const uint8_t *in = images + plane * MODEL_HEIGHT * MODEL_WIDTH;

        for (int y = 0; y < MODEL_HEIGHT; y++, out += MODEL_WIDTH)
            show_row(out, in + (ptrdiff_t)reflect(y - view->shift, MODEL_HEIGHT) * MODEL_WIDTH,
                     view);
    }
}
