"""Twenty steps of a small network with every optimiser and every schedule, as PyTorch takes them, for
tests/generated/recipes.c.

    recipes.py [FILE [SEED]]      writes tests/vectors/recipes.bin

Each schedule moves by step and by epoch, with and without a warm-up, over four epochs of five unshuffled batches,
the last of them partial. Arrays:
    start/NAME                  parameters and running statistics (float32)
    images, labels              of the five batches, one after the other
    batches                     their sizes
    OPTIMISER/CASE/recipe       the schedule: numbers in the order of FIELDS, the kind as in enum model_schedule, ENUM
    OPTIMISER/CASE/lr, momentum of each step (momentum: Adam's beta1)
    OPTIMISER/CASE/losses32, losses64
"""
import copy
import sys
import warnings

import torch
from torch import nn

import resnet
import schedules
import vectors
from harness import normalise

BATCHES, EPOCHS = [8, 8, 8, 8, 5], 4
KINDS = ["CONSTANT", "STEP", "COSINE", "ONE_CYCLE"]
ENUM = ["CONSTANT", "STEP", "MULTI_STEP", "EXPONENTIAL", "LINEAR_LR", "POLYNOMIAL", "COSINE", "COSINE_RESTARTS", "ONE_CYCLE"]
FIELDS = ["schedule", "per_step", "warmup_epochs", "step_size", "gamma", "lr_min", "pct_start", "div_factor",
          "final_div_factor", "base_momentum", "max_momentum", "cycle_momentum"]

# The specs of tests/generated/recipes.sh say the same. Weight decay is large, so that its place is seen; eps is, so
# that Adam does not turn the rounding of a gradient near 0 into a step of full length.
OPTIMISERS = {
    "adam": (dict(optimizer="ADAM", lr=3e-3, beta1=0.9),
             lambda p, lr: torch.optim.Adam(p, lr, (0.9, 0.99), eps=1e-3, weight_decay=0.05)),
    "adamw": (dict(optimizer="ADAM", lr=3e-3, beta1=0.9),
              lambda p, lr: torch.optim.AdamW(p, lr, (0.9, 0.99), eps=1e-3, weight_decay=0.5)),
    "momentum": (dict(optimizer="SGD", lr=0.02, momentum=0.9),
                 lambda p, lr: torch.optim.SGD(p, lr, 0.9, weight_decay=0.05)),
    "nesterov": (dict(optimizer="SGD", lr=0.02, momentum=0.9),
                 lambda p, lr: torch.optim.SGD(p, lr, 0.9, weight_decay=0.05, nesterov=True)),
}
SCHEDULES = {
    "CONSTANT": {},
    "STEP": dict(step_size=1, gamma=0.5),
    "COSINE": dict(lr_min=1e-4),
    "ONE_CYCLE": dict(pct_start=0.4, div_factor=10.0, final_div_factor=100.0, base_momentum=0.8, max_momentum=0.95,
                      cycle_momentum=1),
}


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 8, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(8)
        self.layer1 = nn.Sequential(resnet.Basic(8, 16, 2))
        self.fc = nn.Linear(16, 10)

    def forward(self, x):
        return self.fc(self.layer1(torch.relu(self.bn1(self.conv1(x)))).mean((2, 3)))


def cases():
    """(name, schedule), the schedule as in schedules.py."""
    for kind in KINDS:
        for per_step in (0, 1):
            for warmup in (0, 1 + 0.4 * per_step):
                recipe = dict(SCHEDULES[kind], schedule=kind, per_step=per_step, warmup_epochs=warmup)
                if kind == "STEP" and per_step:
                    recipe["step_size"] = 6
                yield (f"{kind.lower()} each {'step' if per_step else 'epoch'}{' after a warm-up' if warmup else ''}",
                       recipe)


def train(start, make, path, lr, images, labels):
    """Losses; path is learning rate and momentum of each step."""
    model = copy.deepcopy(start)
    optimiser = make(model.parameters(), lr)
    found = []
    for step, (lr, momentum) in enumerate(path):
        group = optimiser.param_groups[0]
        group["lr"] = lr
        group.update({"momentum": momentum} if "momentum" in group else {"betas": (momentum, group["betas"][1])})
        optimiser.zero_grad()
        part = step % len(BATCHES)
        loss = nn.functional.cross_entropy(model(images[part].to(model.fc.weight.dtype)), labels[part])
        loss.backward()
        optimiser.step()
        found.append(loss.item())
    return found


def record(arrays, case, recipe, path, losses):
    numbers = dict(recipe, schedule=ENUM.index(recipe["schedule"]))
    arrays[f"{case}/recipe"] = [float(numbers.get(field, 0)) for field in FIELDS]
    arrays[f"{case}/lr"] = [lr for lr, _ in path]
    arrays[f"{case}/momentum"] = [momentum for _, momentum in path]
    arrays.update({f"{case}/{name}": values for name, values in losses.items()})


def main():
    warnings.simplefilter("ignore")  # about the optimiser's lr after the last step
    torch.set_num_threads(1)
    torch.manual_seed(int(sys.argv[2]) if len(sys.argv) > 2 else 5)
    start, arrays = Net(), {"batches": [float(n) for n in BATCHES]}
    images, labels = torch.randint(256, (sum(BATCHES), 3, 8, 8)), torch.randint(10, (sum(BATCHES),))
    arrays["images"], arrays["labels"] = images.to(torch.uint8).reshape(-1), labels.to(torch.uint8)
    arrays.update({f"start/{n}": t.clone() for n, t in start.state_dict().items() if "tracked" not in n})
    batches, targets = normalise(images, torch.float64).split(BATCHES), labels.split(BATCHES)
    for name, (numbers, make) in OPTIMISERS.items():
        most = 0.0
        for case, schedule in cases():
            recipe = schedule | numbers
            path = list(schedules.run(recipe, len(BATCHES), EPOCHS))
            both = {f"losses{bits}": train(copy.deepcopy(start).to(dtype), make, path, numbers["lr"], batches, targets)
                    for bits, dtype in ((32, torch.float32), (64, torch.float64))}
            record(arrays, f"{name}/{case}", recipe, path, both)
            most = max(most, *(abs(s / d - 1) for s, d in zip(both["losses32"], both["losses64"])))
        print(f"{name}: float32 is off by {most:.1e} of the loss at most, which falls to {both['losses64'][-1]:.3f}")
    vectors.write(sys.argv[1] if len(sys.argv) > 1 else "tests/vectors/recipes.bin", arrays)


if __name__ == "__main__":
    main()
