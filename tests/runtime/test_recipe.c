/* Numbers of the recipe: set, saved, resumed, described. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "training/recipe.h"

const struct model_recipe MODEL(recipe) = {.epochs = 20,
                                           .lr = 0.1,
                                           .momentum = 0.9,
                                           .groups = "",
                                           .lookahead = "",
                                           .schedule = "constant each epoch",
                                           .parts[0].max_momentum = 0.95,
                                           .augment.crop_padding = 4};

/* Places in MODEL(numbers). */
enum { EPOCHS, LR, MOMENTUM, BASE_MOMENTUM, WARMUP, LR_MIN, CROP_PADDING, FLIP };

static struct model_recipe recipe;
static bool given[MODEL_NUMBERS];
static struct error error;

static void begin(void)
{
    recipe = MODEL(recipe);
    memset(given, 0, sizeof given);
}

TestSuite(recipe, .init = begin, .timeout = 60);

static void give(int number, const char *text)
{
    cr_assert_eq(recipe_set(&recipe, number, text, &error), 0, "%s", error.text);
    given[number] = true;
}

static void expect_error(int result, const char *text)
{
    cr_expect_eq(result, -1);
    cr_expect(strstr(error.text, text) != NULL, "got '%s', wanted '%s'", error.text, text);
}

Test(recipe, numbers_are_set_within_their_limits)
{
    give(MOMENTUM, "1");
    give(CROP_PADDING, "256");
    cr_expect_eq(recipe.momentum, 1);
    cr_expect_eq(recipe.augment.crop_padding, 256);
    cr_expect_eq(recipe_get(&recipe, CROP_PADDING), 256);
    expect_error(recipe_set(&recipe, MOMENTUM, "1.0001", &error),
                 "--momentum 1.0001: give a number from 0 to 1");
    expect_error(recipe_set(&recipe, BASE_MOMENTUM, "1", &error), "below 1");
    expect_error(recipe_set(&recipe, CROP_PADDING, "257", &error), "--crop-padding 257");
    expect_error(recipe_set(&recipe, CROP_PADDING, "4.0", &error), "--crop-padding 4.0");
    expect_error(recipe_set(&recipe, EPOCHS, "99999999999999999999", &error), "--epochs");
    expect_error(recipe_set(&recipe, EPOCHS, "0", &error), "--epochs 0: give a number above 0");
    give(EPOCHS, "9.9");
    cr_expect_eq(recipe.epochs, 9.9);
    give(FLIP, "alternating");
    cr_expect_eq(recipe.augment.flip, MODEL_FLIP_ALTERNATING);
    give(FLIP, "0.3");
    cr_expect_eq(recipe.augment.flip, 0.3);
    expect_error(recipe_set(&recipe, FLIP, "2", &error), "--flip 2: give alternating, or a number");
    expect_error(recipe_set(&recipe, MOMENTUM, "alternating", &error), "--momentum alternating");
    cr_expect_eq(recipe.momentum, 1, "a refused number changes nothing");
}

Test(recipe, numbers_must_fit_each_other)
{
    cr_expect_eq(recipe_check(&recipe, given, &error), 0);
    give(WARMUP, "20");
    cr_expect_eq(recipe_check(&recipe, given, &error), 0);
    give(WARMUP, "20.5");
    expect_error(recipe_check(&recipe, given, &error), "longer than the training");
    begin();
    give(LR_MIN, "0.2");
    expect_error(recipe_check(&recipe, given, &error), "above the learning rate");
    begin();
    give(BASE_MOMENTUM, "0.96");
    expect_error(recipe_check(&recipe, given, &error), "is above --max-momentum");
}

Test(recipe, a_resumed_run_has_the_numbers_it_was_begun_with)
{
    double saved[MODEL_NUMBERS];

    give(MOMENTUM, "0.8");
    give(CROP_PADDING, "2");
    give(LR, "0.3");
    give(FLIP, "alternating");
    recipe_save(&recipe, saved);
    begin();
    give(MOMENTUM, "0.8"); /* as it was */
    give(EPOCHS, "30");    /* may change */
    cr_expect_eq(recipe_resume(&recipe, given, saved, &error), 0, "%s", error.text);
    cr_expect(recipe.momentum == 0.8 && recipe.augment.crop_padding == 2 && recipe.lr == 0.3 &&
              recipe.epochs == 30);
    cr_expect_eq(recipe.augment.flip, MODEL_FLIP_ALTERNATING);
    begin();
    give(CROP_PADDING, "3");
    expect_error(recipe_resume(&recipe, given, saved, &error),
                 "--crop-padding 3: the run was begun with 2; leave it out");
    begin();
    give(FLIP, "0.5");
    expect_error(recipe_resume(&recipe, given, saved, &error),
                 "--flip 0.5: the run was begun with alternating; leave it out");
}

Test(recipe, impossible_numbers_of_a_checkpoint_are_refused)
{
    static const double wrong[][2] = {{EPOCHS, 0},    {EPOCHS, -1}, {EPOCHS, 1e300},    {LR, NAN},
                                      {LR, INFINITY}, {FLIP, -0.1}, {CROP_PADDING, 257}};

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        double saved[MODEL_NUMBERS];

        begin();
        recipe_save(&recipe, saved);
        cr_expect_null(recipe_load(&recipe, saved));
        saved[(int)wrong[i][0]] = wrong[i][1];
        cr_expect_str_eq(recipe_load(&recipe, saved), MODEL(numbers)[(int)wrong[i][0]].option);
    }
}

Test(recipe, says_what_is_on)
{
    char text[512], little[16];

    recipe.augment.flip = 0.25;
    recipe_describe(text, sizeof text, &recipe);
    cr_expect_str_eq(text, "SGD, schedule constant each epoch, lr 0.1, momentum 0.9, "
                           "crop padding 4, flip 0.25");
    recipe.decay_weights_only = 1;
    recipe_describe(text, sizeof text, &recipe);
    cr_expect(strstr(text, ", flip 0.25, decay of weights alone") != NULL, "%s", text);
    recipe_describe(little, sizeof little, &recipe);
    cr_expect_str_eq(little, "SGD, schedule c");
    recipe.augment.border = MODEL_BORDER_REFLECT;
    give(FLIP, "alternating");
    recipe_describe(text, sizeof text, &recipe);
    cr_expect(strstr(text, "crop padding 4 reflected, flip alternating") != NULL, "%s", text);
    recipe.augment = (struct model_augment){0};
    recipe_describe(text, sizeof text, &recipe);
    cr_expect(strstr(text, "crop") == NULL && strstr(text, "flip") == NULL, "%s", text);
}
