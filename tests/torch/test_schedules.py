"""Schedules of specs against torch.optim.lr_scheduler: every word with random numbers, by step and by epoch, with and
without a warm-up, and random lists of parts one after another. castnet makes each spec's recipe, and the runtime's
schedule.c says what each step gets.

    test_schedules.py [SEED]

Learning rate and momentum must be PyTorch's but for the rounding of doubles. Last line: `N passed, N failed`.
"""
import os
import random
import sys
import warnings

import schedules
from harness import BUILD, check, finish, run

SCRATCH = BUILD / "tests" / "torch" / "schedules"
ROUNDING = 1e-12
RUNS = 6  # of each word

SPEC = """return net.model {{
  name = "moves", input = {{ batch = 1, height = 1, width = 1, channels = 1 }},
  forward = function(image) return net.linear(image, "fc", {{ out = 2 }}) end,
  loss = net.cross_entropy {{}},
  train = {{ optimizer = net.{optimizer}, epochs = {epochs}, schedule = {schedule} }},
}}
"""
PROGRAM = """#include "training/schedule.h"
#include <stdio.h>
int main(void)
{{
    for (int step = 0; step < {steps}; step++) {{
        struct model_hyper hyper;
        schedule_at(&MODEL(recipe), step, {steps_per_epoch}, MODEL(recipe).epochs, &hyper);
        printf("%.17g %.17g\\n", hyper.lr, {momentum});
    }}
    return 0;
}}
"""
OPTIMISERS = [
    (dict(optimizer="SGD", lr=0.1, momentum=0.9), "sgd { lr = 0.1, momentum = 0.9 }", "hyper.momentum"),
    (dict(optimizer="ADAM", lr=2e-3, beta1=0.8), "adam { lr = 2e-3, beta1 = 0.8 }", "hyper.beta1"),
]


def numbers_of(word, rng, units):
    """Random options of a word, over about so many units."""
    rising = sorted(rng.sample(range(1, max(units, 5)), rng.randint(1, 4)))
    return {
        "constant": {},
        "step": dict(step_size=rng.randint(1, units), gamma=rng.uniform(0.1, 1)),
        "multi_step": dict(milestones=rising, gamma=rng.uniform(0.1, 1)),
        "exponential": dict(gamma=rng.uniform(0.5, 1)),
        "linear_lr": dict(start_factor=rng.uniform(0.01, 1), end_factor=rng.uniform(0, 1),
                          total_iters=rng.choice([0, rng.randint(1, units)])),
        "polynomial": dict(power=rng.uniform(0.3, 3), total_iters=rng.choice([0, rng.randint(1, units)])),
        "cosine": dict(lr_min=rng.choice([0.0, 1e-4])),
        "cosine_restarts": dict(period=rng.randint(1, units), period_factor=rng.randint(1, 3), lr_min=rng.choice([0.0, 1e-4])),
        "one_cycle": dict(pct_start=rng.uniform(0.2, 0.5), div_factor=rng.uniform(2, 30), final_div_factor=rng.uniform(10, 1e4),
                          base_momentum=0.8, max_momentum=0.95, cycle_momentum=True),
    }[word]


def lua(value):
    if isinstance(value, bool):
        return str(value).lower()
    return "{ " + ", ".join(map(str, value)) + " }" if isinstance(value, list) else repr(value)


def word_text(word, numbers, per_step, warmup=0):
    options = {**numbers, "per": "step" if per_step else "epoch"} | ({"warmup": warmup} if warmup else {})
    return f"net.{word} {{ " + ", ".join(
        f'{name} = "{value}"' if isinstance(value, str) else f"{name} = {lua(value)}" for name, value in options.items()) + " }"


def single(word, rng, steps_per_epoch, epochs):
    """A schedule as in schedules.py, and as in a spec."""
    per_step = rng.randint(0, 1)
    warmup = rng.choice([0, 0, 1, 2])
    numbers = numbers_of(word, rng, (epochs - warmup) * (steps_per_epoch if per_step else 1))
    return dict(numbers, schedule=word.upper(), per_step=per_step, warmup_epochs=warmup), word_text(word, numbers, per_step, warmup)


def several(rng, steps_per_epoch, epochs):
    per_step, warmup = rng.randint(0, 1), rng.choice([0, 1])
    warmup *= per_step  # by epochs PyTorch has none within a SequentialLR
    begins = [0] + sorted(rng.sample(range(1, epochs - warmup), rng.randint(1, 3)))
    parts, texts = [], []
    for begin in begins:
        word = rng.choice([w for w in WORDS if w != "one_cycle"])
        numbers = numbers_of(word, rng, 3 * (steps_per_epoch if per_step else 1))
        parts.append(dict(numbers, schedule=word.upper(), per_step=per_step, begins=begin))
        texts.append(word_text(word, numbers, per_step))
    text = f"net.sequential {{ parts = {{ {', '.join(texts)} }}, milestones = {lua(begins[1:])}, warmup = {warmup} }}"
    return dict(parts=parts, warmup_epochs=warmup), text


WORDS = ["constant", "step", "multi_step", "exponential", "linear_lr", "polynomial", "cosine", "cosine_restarts", "one_cycle"]


def castnet(text, optimiser, momentum, steps_per_epoch, epochs):
    """(learning rate, momentum) of each step."""
    SCRATCH.mkdir(parents=True, exist_ok=True)
    spec, program = SCRATCH / "moves.lua", SCRATCH / "moves.c"
    spec.write_text(SPEC.format(optimizer=optimiser, epochs=epochs, schedule=text))
    program.write_text(PROGRAM.format(steps=steps_per_epoch * epochs, steps_per_epoch=steps_per_epoch, momentum=momentum))
    run("gen/castnet", spec, "-o", SCRATCH / "model", "--target", "portable")
    run(os.environ.get("CC", "cc"), "-std=c11", "-O1", "-Wall", "-Wextra", "-Werror", "-I", SCRATCH / "model/runtime", "-I",
        "runtime", "-o", SCRATCH / "moves", program, SCRATCH / "model/moves_recipe.c", "runtime/training/schedule.c", "-lm")
    return [tuple(map(float, line.split())) for line in run(SCRATCH / "moves").decode().splitlines()]


def compare(name, schedule, text, rng, steps_per_epoch, epochs):
    recipe, optimiser, momentum = rng.choice(OPTIMISERS)
    truth = list(schedules.run(recipe | schedule, steps_per_epoch, epochs))
    ours = castnet(text, optimiser, momentum, steps_per_epoch, epochs)
    worst = max(max(abs(a - b) for a, b in zip(x, y)) for x, y in zip(ours, truth))
    check(len(ours) == len(truth) and worst <= ROUNDING, f"{name}: {len(truth)} steps, off by at most {worst:.1e}: {text}")


def main():
    warnings.simplefilter("ignore")  # about the optimiser's lr after the last step
    rng = random.Random(int(sys.argv[1]) if len(sys.argv) > 1 else 11)
    for word in WORDS:
        for _ in range(RUNS):
            steps_per_epoch, epochs = rng.randint(2, 9), rng.randint(5, 14)
            compare(word, *single(word, rng, steps_per_epoch, epochs), rng, steps_per_epoch, epochs)
    for _ in range(3 * RUNS):
        steps_per_epoch, epochs = rng.randint(2, 9), rng.randint(6, 14)
        compare("sequential", *several(rng, steps_per_epoch, epochs), rng, steps_per_epoch, epochs)
    finish()


if __name__ == "__main__":
    main()
