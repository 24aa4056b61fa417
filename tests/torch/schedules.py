"""Writes tests/vectors/schedules.h: learning rate and momentum (Adam: beta1) of every step as
torch.optim.lr_scheduler sets them, for tests/runtime/test_schedule.c.

    schedules.py >tests/vectors/schedules.h

The first line of every case is the recipe and the run, as a C initialiser.
"""
import warnings

import torch
from torch.optim import lr_scheduler as schedulers

# recipe: optimizer, has_beta1, lr, momentum, beta1, schedule, per_step and what the schedule needs; or parts, a list of such
# schedules, each with `begins`, in epochs
STEP = dict(schedule="STEP", step_size=3, gamma=0.1)
MULTI_STEP = dict(schedule="MULTI_STEP", milestones=[2, 5, 6, 9], gamma=0.2)
EXPONENTIAL = dict(schedule="EXPONENTIAL", gamma=0.9)
LINEAR_LR = dict(schedule="LINEAR_LR", start_factor=1.0, end_factor=0.0)
POLYNOMIAL = dict(schedule="POLYNOMIAL", power=1.0)
COSINE = dict(schedule="COSINE", lr_min=0.0)
COSINE_RESTARTS = dict(schedule="COSINE_RESTARTS", period=4, period_factor=1, lr_min=0.0)
ONE_CYCLE = dict(schedule="ONE_CYCLE", pct_start=0.3, div_factor=25.0, final_div_factor=1e4,
                 base_momentum=0.85, max_momentum=0.95, cycle_momentum=1)
SGD = dict(optimizer="SGD", lr=0.1, momentum=0.9)
ADAM = dict(optimizer="ADAM", has_beta1=1, lr=1e-3, beta1=0.9)

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
    ("multi step each epoch", SGD | MULTI_STEP, 3, 11),
    ("multi step each step", ADAM | MULTI_STEP | dict(per_step=1, milestones=[1, 7, 12], gamma=0.5), 5, 3),
    ("multi step each epoch after a warm-up", SGD | MULTI_STEP | dict(warmup_epochs=2.5), 4, 12),
    ("multi step each step after a warm-up", ADAM | MULTI_STEP | dict(per_step=1, warmup_epochs=1), 5, 4),
    ("exponential each epoch", SGD | EXPONENTIAL, 2, 9),
    ("exponential each step after a warm-up", ADAM | EXPONENTIAL | dict(per_step=1, warmup_epochs=1), 4, 5),
    ("linear each epoch", SGD | LINEAR_LR, 3, 6),
    ("linear each step, part of the way", ADAM | LINEAR_LR | dict(per_step=1, start_factor=0.25, end_factor=0.75,
                                                                   total_iters=7), 5, 3),
    ("linear each step after a warm-up", SGD | LINEAR_LR | dict(per_step=1, start_factor=0.5, end_factor=0.125,
                                                                 warmup_epochs=1), 6, 3),
    ("polynomial each epoch", SGD | POLYNOMIAL | dict(power=2.0), 2, 8),
    ("polynomial each step, then 0", ADAM | POLYNOMIAL | dict(per_step=1, power=0.5, total_iters=9), 4, 3),
    ("polynomial each step after a warm-up", SGD | POLYNOMIAL | dict(per_step=1, warmup_epochs=0.5), 8, 3),
    ("cosine with restarts each epoch", SGD | COSINE_RESTARTS, 2, 13),
    ("cosine with restarts each step, longer and longer", ADAM | COSINE_RESTARTS | dict(
        per_step=1, period=3, period_factor=2, lr_min=1e-5), 7, 4),
    ("cosine with restarts each step after a warm-up", SGD | COSINE_RESTARTS | dict(
        per_step=1, period_factor=3, warmup_epochs=1), 6, 5),
    ("linear, then cosine, each step", SGD | dict(parts=[
        LINEAR_LR | dict(per_step=1, begins=0, start_factor=0.01, end_factor=1.0),
        COSINE | dict(per_step=1, begins=1.5, lr_min=1e-4)]), 8, 5),
    ("constant, multi step, exponential, each epoch", ADAM | dict(parts=[
        dict(schedule="CONSTANT", begins=0), MULTI_STEP | dict(begins=2, milestones=[1, 3]),
        EXPONENTIAL | dict(begins=7)]), 3, 10),
    ("polynomial, restarts, linear after a warm-up, each step", SGD | dict(warmup_epochs=1, parts=[
        POLYNOMIAL | dict(per_step=1, begins=0, power=2.0, total_iters=5),
        COSINE_RESTARTS | dict(per_step=1, begins=1, period=3), LINEAR_LR | dict(per_step=1, begins=3)]), 7, 6),
    ("step by step, then cosine by epoch", SGD | dict(parts=[
        STEP | dict(per_step=1, begins=0), COSINE | dict(begins=2)]), 4, 6),
    ("one cycle, peak at the end", SGD | ONE_CYCLE | dict(per_step=1, pct_start=1.0), 6, 2),
]


def scheduler_of(optimizer, recipe, span):
    """The schedule over `span` of its units (steps or epochs)."""
    kind = recipe["schedule"]
    if kind == "CONSTANT":
        return schedulers.LambdaLR(optimizer, lambda _: 1.0)
    if kind == "STEP":
        return schedulers.StepLR(optimizer, recipe["step_size"], recipe["gamma"])
    if kind == "MULTI_STEP":
        return schedulers.MultiStepLR(optimizer, recipe["milestones"], recipe["gamma"])
    if kind == "EXPONENTIAL":
        return schedulers.ExponentialLR(optimizer, recipe["gamma"])
    if kind == "LINEAR_LR":
        return schedulers.LinearLR(optimizer, recipe["start_factor"], recipe["end_factor"],
                                   recipe.get("total_iters") or span)
    if kind == "POLYNOMIAL":
        return schedulers.PolynomialLR(optimizer, recipe.get("total_iters") or span, recipe["power"])
    if kind == "COSINE":
        return schedulers.CosineAnnealingLR(optimizer, T_max=span, eta_min=recipe["lr_min"])
    if kind == "COSINE_RESTARTS":
        return schedulers.CosineAnnealingWarmRestarts(optimizer, recipe["period"], recipe["period_factor"],
                                                      recipe["lr_min"])
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
    scheduler = schedulers.SequentialLR(
        optimizer, [ramp_of(optimizer, warmup), scheduler_of(optimizer, recipe, steps - warmup)], [warmup])
    for step in range(steps):
        yield values_of(optimizer)
        optimizer.step()
        if step + 1 < steps:
            scheduler.step()


def run_per_epoch_with_warmup(recipe, warmup, steps_per_epoch, steps):
    """PyTorch has no single scheduler that ramps by steps and then moves by epochs: one after the
    other, made as SequentialLR would, so that the ramp leads to the learning rate that both start from."""
    optimizer = optimizer_of(recipe)
    steps -= warmup
    scheduler = scheduler_of(optimizer, recipe, steps // steps_per_epoch)
    group = optimizer.param_groups[0]
    first, group["lr"] = group["lr"], group["initial_lr"]
    ramp = ramp_of(optimizer, warmup)
    for _ in range(warmup):
        yield values_of(optimizer)
        optimizer.step()
        ramp.step()
    group["lr"] = first
    yield from run_plain(recipe, optimizer, scheduler, steps_per_epoch, steps)


def ramp_of(optimizer, warmup):
    return schedulers.LinearLR(optimizer, start_factor=1 / warmup, total_iters=warmup - 1)


def run_parts_of_one_unit(recipe, warmup, steps_per_epoch, steps):
    """All parts by SequentialLR, which moves each step or each epoch; the ramp is one more part."""
    optimizer, per_step = optimizer_of(recipe), recipe["parts"][0].get("per_step", 0)
    unit = 1 if per_step else steps_per_epoch
    begins = [warmup + round(part["begins"] * steps_per_epoch) for part in recipe["parts"]]
    list_of = [scheduler_of(optimizer, part, (end - begin) // unit)
               for part, begin, end in zip(recipe["parts"], begins, begins[1:] + [steps])]
    milestones = [begin // unit for begin in begins[1:]]
    if warmup:
        list_of, milestones = [ramp_of(optimizer, warmup)] + list_of, [warmup] + milestones
    scheduler = schedulers.SequentialLR(optimizer, list_of, milestones)
    return run_plain({"per_step": per_step}, optimizer, scheduler, steps_per_epoch, steps)


def run_parts_of_many_units(recipe, steps_per_epoch, steps):
    """PyTorch has no scheduler of several units: each part by itself, from the learning rate on."""
    begins = [round(part["begins"] * steps_per_epoch) for part in recipe["parts"]]
    for part, begin, end in zip(recipe["parts"], begins, begins[1:] + [steps]):
        optimizer = optimizer_of(recipe)
        span = (end - begin) // (1 if part.get("per_step", 0) else steps_per_epoch)
        yield from run_plain(part, optimizer, scheduler_of(optimizer, part, span), steps_per_epoch, end - begin)


def run(recipe, steps_per_epoch, epochs):
    steps = steps_per_epoch * epochs
    warmup = round(recipe.get("warmup_epochs", 0) * steps_per_epoch)
    if "parts" in recipe:
        if len({part.get("per_step", 0) for part in recipe["parts"]}) > 1:
            return run_parts_of_many_units(recipe, steps_per_epoch, steps)
        return run_parts_of_one_unit(recipe, warmup, steps_per_epoch, steps)
    if warmup == 0:
        optimizer = optimizer_of(recipe)
        span = steps if recipe.get("per_step", 0) else epochs
        return run_plain(recipe, optimizer, scheduler_of(optimizer, recipe, span), steps_per_epoch, steps)
    if recipe.get("per_step", 0):
        return run_per_step_with_warmup(recipe, warmup, steps)
    return run_per_epoch_with_warmup(recipe, warmup, steps_per_epoch, steps)


RECIPE = ("optimizer", "has_beta1", "lr", "momentum", "beta1", "warmup_epochs")  # the other numbers are the schedule's
PARTS = 3  # of a recipe in the tests


def members(values):
    words = {"optimizer": "MODEL_{}", "schedule": "MODEL_{}"}
    return ", ".join(f".{key} = " + words.get(key, "{}").format(value) for key, value in values.items())


def part_initialiser(part):
    values = dict(part)
    if "milestones" in part:
        numbers = ", ".join(map(str, part["milestones"]))
        values |= {"milestones": f"(const double[]){{{numbers}}}", "milestone_count": len(part["milestones"])}
    return "{" + members(values) + "}"


def initialiser(recipe):
    """As a C initialiser, with parts that never begin up to PARTS."""
    parts = recipe.get("parts") or [{k: v for k, v in recipe.items() if k not in RECIPE}]
    texts = [part_initialiser(part) for part in parts] + ["NEVER"] * (PARTS - len(parts))
    return members({k: v for k, v in recipe.items() if k in RECIPE}) + f", .parts = {{{', '.join(texts)}}}"


def main():
    warnings.simplefilter("ignore")  # about the optimiser's lr after the last step
    print("/* Written by tests/torch/schedules.py with PyTorch "
          f"{torch.__version__.split('+')[0]}; not edited by hand. */")
    print('/* clang-format off */\n#include "model.h"\n')
    print("#define NEVER {.begins = 1e9} /* a part that a recipe has not */\n")
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
