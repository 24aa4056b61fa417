"""Writes tests/vectors/schedules.h: learning rate and momentum (Adam: beta1) of every step as
torch.optim.lr_scheduler sets them, for tests/runtime/test_schedule.c.

    schedules.py >tests/vectors/schedules.h

The first line of every case is the recipe and the run, as a C initialiser.
"""
import warnings

import torch
from torch.optim import lr_scheduler as schedulers

# recipe: optimizer, lr, momentum, beta1, schedule, per_step and what the schedule needs
STEP = dict(schedule="STEP", step_size=3, gamma=0.1)
COSINE = dict(schedule="COSINE", lr_min=0.0)
ONE_CYCLE = dict(schedule="ONE_CYCLE", pct_start=0.3, div_factor=25.0, final_div_factor=1e4,
                 base_momentum=0.85, max_momentum=0.95, cycle_momentum=1)
SGD = dict(optimizer="SGD", lr=0.1, momentum=0.9)
ADAM = dict(optimizer="ADAM", lr=1e-3, beta1=0.9)

CASES = [  # name, recipe, steps an epoch, epochs
    ("constant", SGD | dict(schedule="CONSTANT"), 3, 4),
    ("constant after a warm-up", ADAM | dict(schedule="CONSTANT", per_step=1, warmup_epochs=2), 5, 4),
    ("step each epoch", SGD | STEP, 4, 10),
    ("step each step", ADAM | STEP | dict(per_step=1, step_size=7, gamma=0.5), 9, 4),
    ("step each epoch after a warm-up", SGD | STEP | dict(warmup_epochs=2), 4, 11),
    ("cosine each epoch", SGD | COSINE, 3, 12),
    ("cosine each step", SGD | COSINE | dict(per_step=1, lr_min=1e-4), 13, 5),
    ("cosine each step after a warm-up", ADAM | COSINE | dict(per_step=1, warmup_epochs=1.5), 10, 6),
    ("cosine each epoch after a warm-up", ADAM | COSINE | dict(lr_min=1e-5, warmup_epochs=3), 4, 9),
    ("one cycle each step", SGD | ONE_CYCLE | dict(per_step=1), 10, 5),
    ("one cycle each epoch", SGD | ONE_CYCLE, 3, 15),
    ("one cycle, Adam's beta1", ADAM | ONE_CYCLE | dict(per_step=1, pct_start=0.25), 17, 3),
    ("one cycle, momentum kept", SGD | ONE_CYCLE | dict(per_step=1, cycle_momentum=0), 7, 4),
    ("one cycle, early peak", SGD | ONE_CYCLE | dict(per_step=1, pct_start=0.02, div_factor=10.0,
                                                     final_div_factor=100.0), 10, 2),
    ("constant each epoch after a warm-up", SGD | dict(schedule="CONSTANT", warmup_epochs=1.3), 7, 3),
    ("step each step after a warm-up", ADAM | STEP | dict(per_step=1, step_size=6, warmup_epochs=0.75), 8, 4),
    ("one cycle each step after a warm-up", SGD | ONE_CYCLE | dict(per_step=1, warmup_epochs=1), 9, 4),
    ("one cycle each epoch after a warm-up", ADAM | ONE_CYCLE | dict(warmup_epochs=2), 4, 12),
    ("one cycle after a warm-up, momentum kept", SGD | ONE_CYCLE | dict(per_step=1, cycle_momentum=0,
                                                                         warmup_epochs=1.5), 6, 4),
    ("a warm-up of one step", SGD | COSINE | dict(per_step=1, warmup_epochs=0.2), 5, 2),
    ("one cycle, peak at the end", SGD | ONE_CYCLE | dict(per_step=1, pct_start=1.0), 6, 2),
]


def scheduler_of(optimizer, recipe, span):
    """The schedule over `span` of its units (steps or epochs)."""
    kind = recipe["schedule"]
    if kind == "CONSTANT":
        return schedulers.LambdaLR(optimizer, lambda _: 1.0)
    if kind == "STEP":
        return schedulers.StepLR(optimizer, recipe["step_size"], recipe["gamma"])
    if kind == "COSINE":
        return schedulers.CosineAnnealingLR(optimizer, T_max=span, eta_min=recipe["lr_min"])
    return schedulers.OneCycleLR(
        optimizer, max_lr=recipe["lr"], total_steps=span, anneal_strategy="cos",
        cycle_momentum=bool(recipe["cycle_momentum"]),
        **{k: recipe[k] for k in ("pct_start", "div_factor", "final_div_factor", "base_momentum",
                                  "max_momentum")})


def optimizer_of(recipe):
    parameter = torch.nn.Parameter(torch.zeros(1))
    if recipe["optimizer"] == "SGD":
        return torch.optim.SGD([parameter], lr=recipe["lr"], momentum=recipe["momentum"])
    return torch.optim.Adam([parameter], lr=recipe["lr"], betas=(recipe["beta1"], 0.999))


def values_of(optimizer):
    group = optimizer.param_groups[0]
    return group["lr"], group["momentum"] if "momentum" in group else group["betas"][0]


def run_plain(recipe, optimizer, scheduler, steps_per_epoch, steps):
    """Values of each step: the scheduler moves every step, or after the last step of each epoch."""
    for step in range(steps):
        yield values_of(optimizer)
        optimizer.step()
        if step + 1 < steps and (recipe.get("per_step", 0) or (step + 1) % steps_per_epoch == 0):
            scheduler.step()


def run_per_step_with_warmup(recipe, warmup, steps):
    """The same by SequentialLR, which is what a user of PyTorch writes."""
    optimizer = optimizer_of(recipe)
    ramp = schedulers.LinearLR(optimizer, start_factor=1 / warmup, total_iters=warmup - 1)
    scheduler = schedulers.SequentialLR(
        optimizer, [ramp, scheduler_of(optimizer, recipe, steps - warmup)], [warmup])
    for step in range(steps):
        yield values_of(optimizer)
        optimizer.step()
        if step + 1 < steps:
            scheduler.step()


def run_per_epoch_with_warmup(recipe, warmup, steps_per_epoch, steps):
    """PyTorch has no single scheduler that ramps by steps and then moves by epochs: one after the
    other, made as SequentialLR would, so that the ramp leads to where the schedule starts."""
    optimizer = optimizer_of(recipe)
    steps -= warmup
    scheduler = scheduler_of(optimizer, recipe, steps // steps_per_epoch)
    ramp = schedulers.LinearLR(optimizer, start_factor=1 / warmup, total_iters=warmup - 1)
    for _ in range(warmup):
        yield values_of(optimizer)
        optimizer.step()
        ramp.step()
    yield from run_plain(recipe, optimizer, scheduler, steps_per_epoch, steps)


def run(recipe, steps_per_epoch, epochs):
    steps = steps_per_epoch * epochs
    warmup = round(recipe.get("warmup_epochs", 0) * steps_per_epoch)
    if warmup == 0:
        optimizer = optimizer_of(recipe)
        span = steps if recipe.get("per_step", 0) else epochs
        return run_plain(recipe, optimizer, scheduler_of(optimizer, recipe, span), steps_per_epoch, steps)
    if recipe.get("per_step", 0):
        return run_per_step_with_warmup(recipe, warmup, steps)
    return run_per_epoch_with_warmup(recipe, warmup, steps_per_epoch, steps)


def initialiser(recipe):
    words = {"optimizer": "MODEL_{}", "schedule": "MODEL_{}"}
    return ", ".join(f".{key} = " + words.get(key, "{}").format(value)
                     for key, value in recipe.items())


def main():
    warnings.simplefilter("ignore")  # about the optimiser's lr after the last step
    print("/* Written by tests/torch/schedules.py with PyTorch "
          f"{torch.__version__.split('+')[0]}; not edited by hand. */")
    print('/* clang-format off */\n#include "model.h"\n')
    for number, (_, recipe, steps_per_epoch, epochs) in enumerate(CASES):
        print(f"static const double schedule_values_{number}[][2] = {{")
        for lr, momentum in run(recipe, steps_per_epoch, epochs):
            print(f"    {{{lr!r}, {momentum!r}}},")
        print("};")
    print("static const struct schedule_case {\n"
          "    const char *name;\n"
          "    struct model_recipe recipe;\n"
          "    int steps_per_epoch, epochs;\n"
          "    const double (*values)[2]; /* learning rate, momentum */\n"
          "} schedule_cases[] = {")
    for number, (name, recipe, steps_per_epoch, epochs) in enumerate(CASES):
        print(f'    {{"{name}",\n     {{{initialiser(recipe)}}},\n'
              f"     {steps_per_epoch}, {epochs}, schedule_values_{number}}},")
    print("};")


if __name__ == "__main__":
    main()
