"""Words that change the update against PyTorch: clip_norm (clip_grad_norm_), ema_decay (AveragedModel with
get_ema_multi_avg_fn and use_buffers) and decay = "weights" (two groups of parameters), alone and together,
with each optimiser, for twenty steps of a network whose convolutions have taps that only meet padding.

    test_words.py

Gradients and running statistics are PyTorch's (float64), rounded to float32 and given to all: to PyTorch in
float64, the truth, to PyTorch in float32, and to castnet. castnet may be off by RATIO times what PyTorch's
float32 is off, tensor by tensor, in the L2 norm, and FLOOR of its norm is always allowed. Counters must be
equal. Last line: `N passed, N failed`.
"""
import copy
import glob
import itertools
import os
import pathlib
import subprocess
import sys

import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

import vectors

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCRATCH = ROOT / "build" / "tests" / "torch" / "words"
RATIO, FLOOR = 3.0, 2.4e-7
STEPS, SHOWN = 20, (1, 2, 3, 20)
CLIP, DECAY = 1.0, 0.9
counts = {True: 0, False: 0}

SPEC = """return net.model {{
  name = "words",
  input = {{ batch = 4, height = 2, width = 2, channels = 3 }},
  forward = function(image)
    local x = net.relu(net.bn(net.conv(image, "a", {{ out = 8, kernel = 5, padding = 2 }}), "bn"))
    x = net.conv(x, "b", {{ out = 6, kernel = 3, stride = 2, padding = 1, bias = true }})
    return net.linear(net.flatten(x), "fc", {{ out = 5 }})
  end,
  loss = net.cross_entropy {{}},
  train = {{ optimizer = net.{optimizer}, epochs = 1{words} }},
}}
"""

# What a spec says, and the same in PyTorch but for the groups.
OPTIMISERS = {
    "sgd": ("sgd { lr = 0.05, weight_decay = 0.1%s }",
            lambda groups: torch.optim.SGD(groups, 0.05, weight_decay=0.1)),
    "nesterov": ("sgd { lr = 0.05, momentum = 0.9, nesterov = true, weight_decay = 0.1%s }",
                 lambda groups: torch.optim.SGD(groups, 0.05, 0.9, weight_decay=0.1, nesterov=True)),
    "adam": ("adam { lr = 1e-2, eps = 1e-4, weight_decay = 0.1%s }",
             lambda groups: torch.optim.Adam(groups, 1e-2, eps=1e-4, weight_decay=0.1)),
    "adamw": ("adamw { lr = 1e-2, eps = 1e-4, weight_decay = 0.5%s }",
              lambda groups: torch.optim.AdamW(groups, 1e-2, eps=1e-4, weight_decay=0.5)),
}
WORDS = [{"clip"}, {"ema"}, {"decay"}, {"clip", "ema", "decay"}]


def check(passed, text):
    counts[bool(passed)] += 1
    print(("passed " if passed else "failed ") + text, flush=True)


# --- PyTorch ------------------------------------------------------------------------------------

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 8, 5, padding=2, bias=False)
        self.bn = nn.BatchNorm2d(8)
        self.b = nn.Conv2d(8, 6, 3, stride=2, padding=1)
        self.fc = nn.Linear(6, 5)

    def forward(self, x):
        return self.fc(self.b(torch.relu(self.bn(self.a(x)))).flatten(1))


def lr_of(optimiser, step):
    """A learning rate that moves: a factor of the spec's."""
    return optimiser.defaults["lr"] * (1 + step % 3)


class Replay:
    """One run in a precision; gradients are given or, in the run that makes them, its own rounded."""

    def __init__(self, start, dtype, optimiser, words):
        self.model = copy.deepcopy(start).to(dtype)
        parameters = list(self.model.parameters())
        groups = parameters if "decay" not in words else [
            {"params": [p for p in parameters if p.dim() > 1]},
            {"params": [p for p in parameters if p.dim() == 1], "weight_decay": 0.0}]
        self.optimiser = OPTIMISERS[optimiser][1](groups)
        self.words = words
        self.average = AveragedModel(self.model, multi_avg_fn=get_ema_multi_avg_fn(DECAY), use_buffers=True)

    def differentiate(self, step):
        """Gradients and buffers of one step, as float32."""
        generator = torch.Generator().manual_seed(step)
        images = torch.randn(4, 3, 2, 2, generator=generator, dtype=torch.float64)
        labels = torch.randint(5, (4,), generator=generator)
        size = 10.0 ** (step % 4 - 2)
        self.model.zero_grad()
        (nn.functional.cross_entropy(self.model(images), labels) * size).backward()
        return ({n: p.grad.float() for n, p in self.model.named_parameters()},
                {n: b.float() for n, b in self.model.named_buffers()})

    def update(self, step, gradients, buffers):
        """The norm of the gradients."""
        for name, p in self.model.named_parameters():
            p.grad = gradients[name].to(p.dtype, copy=True)
        for name, b in self.model.named_buffers():
            b.copy_(buffers[name])
        norm = torch.nn.utils.get_total_norm([p.grad for p in self.model.parameters()])
        if "clip" in self.words:
            torch.nn.utils.clip_grad_norm_(self.model.parameters(), CLIP)
        for group in self.optimiser.param_groups:
            group["lr"] = lr_of(self.optimiser, step)
        self.optimiser.step()
        self.average.update_parameters(self.model)
        return norm.item()

    def state(self):
        """{(what, name): tensor}"""
        shown = {("value", n): t.clone() for n, t in self.model.state_dict().items()}
        if "ema" in self.words:
            shown.update({("average", n): t.clone() for n, t in self.average.module.state_dict().items()})
        return shown


def run_torch(start, optimiser, words, arrays):
    """States at the steps shown, in float64 and float32; fills the arrays for castnet."""
    double, single = (Replay(start, t, optimiser, words) for t in (torch.float64, torch.float32))
    states, clipped = {}, 0
    for name, p in start.named_parameters():
        arrays[f"start/{name}"] = p
    arrays["shown"] = SHOWN
    arrays["lr"] = [lr_of(double.optimiser, step) for step in range(1, STEPS + 1)]
    for step in range(1, STEPS + 1):
        gradients, buffers = double.differentiate(step)
        arrays.update({f"{step}/gradient/{n}": g for n, g in gradients.items()})
        arrays.update({f"{step}/value/{n}": b for n, b in buffers.items()})
        clipped += double.update(step, gradients, buffers) > CLIP
        single.update(step, gradients, buffers)
        if step in SHOWN:
            states[step] = double.state(), single.state()
    assert 0 < clipped < STEPS, "all steps clip, or none"
    return states


# --- castnet ------------------------------------------------------------------------------------

def run(*command):
    done = subprocess.run([str(c) for c in command], cwd=ROOT, capture_output=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]}: {done.stderr.decode(errors='replace')[-2000:]}")
    return done.stdout.decode()


def spec_of(optimiser, words):
    extra = (f", clip_norm = {CLIP}" if "clip" in words else "") + (f", ema_decay = {DECAY}" if "ema" in words else "")
    text = OPTIMISERS[optimiser][0] % (', decay = "weights"' if "decay" in words else "")
    return SPEC.format(optimizer=text, words=extra)


def run_castnet(folder, optimiser, words, arrays):
    """{(step, what, name): values}"""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "words.lua").write_text(spec_of(optimiser, words))
    vectors.write(folder / "arrays", arrays)
    run("gen/castnet", folder / "words.lua", "-o", folder / "model", "--target", "portable")
    run(os.environ.get("CC", "cc"), "-std=c11", "-O1", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-ffp-contract=off",
        "-I", folder / "model/runtime", "-I", "runtime", "-I", "tests/reference", "-o", folder / "update",
        "tests/torch/update.c", "tests/generated/tensors.c", "tests/generated/run.c", "tests/reference/vectors.c",
        *glob.glob(f"{folder}/model/*.c"), "-lm")
    shown = {}
    for line in run(folder / "update", folder / "arrays").splitlines():
        step, what, name, *values = line.split()
        shown[int(step), what, name] = torch.tensor([float(v) for v in values], dtype=torch.float64)
    return shown


# --- comparison ---------------------------------------------------------------------------------

def compare(case, states, ours):
    worst, where, wrong, compared = 0.0, "", [], 0
    for step, (double, single) in states.items():
        for (what, name), truth in double.items():
            compared += 1
            found, truth = ours[step, what, name], truth.double().reshape(-1)
            allowed = max((single[what, name].double().reshape(-1) - truth).norm().item(), FLOOR * truth.norm().item())
            error = (found - truth).norm().item()
            if not (found.equal(truth) if "tracked" in name else error <= RATIO * allowed):
                wrong.append(f"    step {step}, {what} of {name}: off by {error:.3g} of {truth.norm():.3g}, "
                             f"PyTorch by {allowed:.3g}")
            if error > worst * allowed:
                worst, where = error / allowed, f"step {step}, {what} of {name}"
    check(not wrong and compared == len(ours),
          f"{case}: {compared} tensors, at most {worst:.2f} times PyTorch's error ({where})")
    print("".join(line + "\n" for line in wrong), end="")


def main():
    torch.manual_seed(3)
    start = Net()
    nn.init.uniform_(start.bn.weight, 0.5, 1.5)
    nn.init.normal_(start.bn.bias, 0, 0.2)
    for optimiser, words in itertools.product(OPTIMISERS, WORDS):
        case, arrays = " ".join([optimiser, *sorted(words)]), {}
        states = run_torch(start, optimiser, words, arrays)
        compare(case, states, run_castnet(SCRATCH / case.replace(" ", "-"), optimiser, words, arrays))
    print(f"{counts[True]} passed, {counts[False]} failed")
    sys.exit(1 if counts[False] or not counts[True] else 0)


if __name__ == "__main__":
    main()
