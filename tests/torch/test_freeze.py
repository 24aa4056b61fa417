"""Frozen layers against PyTorch (eval() and requires_grad = False): losses of twenty steps of a small residual
network, and all its tensors after them, with a frozen prefix, a frozen middle, everything frozen but fc, and single
parameters (requires_grad = False alone), and with some that are frozen while training goes on.

    test_freeze.py

The truth is PyTorch in float64. castnet may be off by RATIO times what PyTorch's float32 is off, in the L2
norm, tensor by tensor; LOSS_OFF of a loss and FLOOR of a tensor's norm are always allowed: an activation that
rounding moves across a ReLU's 0 parts two runs by more than rounding. What is frozen must be as it was to the
bit. Last line: `N passed, N failed`.
"""
import copy
import glob
import os
import pathlib
import subprocess
import sys

import numpy as np
import torch
from torch import nn

import resnet
import vectors

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / (os.environ.get("BUILD") or "build")
SCRATCH = BUILD / "tests" / "torch" / "freeze"
BATCH, STEPS = 16, 20
RATIO, FLOOR, FIRST_LOSS_OFF, LOSS_OFF = 3.0, 1e-4, 1e-6, 2e-4
FROZEN = {
    "prefix": ["conv1", "bn1", "layer1"],
    "middle": ["bn1", "layer1.0.conv2", "layer2"],
    "all but fc": ["conv1", "bn1", "layer1", "layer2", "layer3"],
    "parameters": ["conv1.weight", "bn1.bias", "layer1.0.bn1.weight", "layer2.0.conv1", "layer2.0.bn2.bias", "fc.weight"],
}
OPTIMISERS = {  # as tests/specs/torch has them
    "sgd": lambda p: torch.optim.SGD(p, 0.01, 0.9, weight_decay=5e-4, nesterov=True),
    "adamw": lambda p: torch.optim.AdamW(p, 1e-3, weight_decay=0.01),
}
CASES = [("sgd", "prefix"), ("sgd", "middle"), ("adamw", "middle"), ("adamw", "all but fc"), ("sgd", "parameters")]
LATER = {4: ["conv1", "bn1"], 8: ["fc.bias", "layer2.0.conv1.weight"], 12: ["layer1"]}  # as tests/specs/torch/freeze_later.lua
counts = {True: 0, False: 0}


def check(passed, text):
    counts[bool(passed)] += 1
    print(("passed " if passed else "failed ") + text, flush=True)


def finish():
    print(f"{counts[True]} passed, {counts[False]} failed")
    sys.exit(1 if counts[False] or not counts[True] else 0)


def is_frozen(name, frozen):
    return any((name + ".").startswith(f + ".") for f in frozen)


def make_batches():
    """Bytes and labels of all steps: noise over stripes whose width is the label's."""
    generator = np.random.default_rng(5)
    labels = generator.integers(0, 10, (STEPS, BATCH))
    stripes = np.arange(32) // (1 + labels[..., None]) % 2 * 60
    noise = generator.integers(0, 190, (STEPS, BATCH, 3, 32, 32))
    return (noise + stripes[:, :, None, None, :]).astype(np.uint8), labels


def normalise(images, dtype):
    mean, std = (torch.tensor(v, dtype=dtype).view(1, 3, 1, 1)
                 for v in ((0.4914, 0.4822, 0.4465), (0.2470, 0.2435, 0.2616)))
    return (torch.from_numpy(images).to(dtype) / 255 - mean) / std


def run_torch(start, dtype, optimiser, frozen, batches, later=None):
    """Losses, and the state after the last step. later: by step, what is frozen from then on, and gradients are clipped."""
    model = copy.deepcopy(start).to(dtype).train()
    for name, module in model.named_modules():
        if is_frozen(name, frozen):
            module.eval().requires_grad_(False)
    for name, parameter in model.named_parameters():
        if is_frozen(name, frozen):
            parameter.requires_grad_(False)
    optimiser = OPTIMISERS[optimiser]([p for p in model.parameters() if p.requires_grad])
    losses = []
    for step, (images, labels) in enumerate(zip(*batches)):
        for name, parameter in model.named_parameters():
            if is_frozen(name, (later or {}).get(step, [])):
                parameter.requires_grad_(False)
        optimiser.zero_grad()
        loss = nn.functional.cross_entropy(model(normalise(images, dtype)), torch.from_numpy(labels))
        loss.backward()
        if later:
            nn.utils.clip_grad_norm_(model.parameters(), 0.5)
        optimiser.step()
        losses.append(loss.item())
    return losses, model.state_dict()


def run(*command):
    done = subprocess.run([str(c) for c in command], cwd=ROOT, capture_output=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]}: {done.stderr.decode(errors='replace')[-2000:]}")
    return done.stdout.decode()


def run_castnet(folder, spec, start, frozen, batches):
    """Losses, and the tensors after the last step."""
    folder.mkdir(parents=True, exist_ok=True)
    images, labels = batches
    arrays = {f"start/{name}": tensor.float() for name, tensor in start.state_dict().items()}
    vectors.write(folder / "arrays", {**arrays, "images": images.reshape(-1),
                                      "targets": np.eye(10, dtype=np.float32)[labels].reshape(-1)})
    run("gen/castnet", spec, "-o", folder / "model", "--target", "portable",
        "--freeze", ",".join(frozen))
    run(os.environ.get("CC", "cc"), "-std=c11", "-O2", "-Wall", "-Wextra", "-Wpedantic", "-Werror",
        "-I", folder / "model/runtime", "-I", "runtime", "-I", "tests/generated", "-I", "tests/reference", "-o", folder / "steps",
        "tests/torch/steps.c", "tests/generated/tensors.c", "tests/generated/run.c", "tests/reference/vectors.c",
        *glob.glob(f"{folder}/model/*.c"), "-lm")
    lines = [line.split() for line in run(folder / "steps", folder / "arrays").splitlines()]
    tensors = {name: torch.tensor([float(v) for v in values]) for name, *values in lines[STEPS:]}
    return [float(loss) for _, loss in lines[:STEPS]], tensors


def compare_losses(case, ours, single, double):
    off, by_torch = (np.abs(np.array(losses) / double - 1) for losses in (ours, single))
    allowed = np.array([FIRST_LOSS_OFF] + [LOSS_OFF] * (STEPS - 1))
    check((off <= np.maximum(allowed, RATIO * by_torch)).all(),
          f"{case}: losses {double[0]:.4f} to {double[-1]:.4f}, off by at most {off.max():.2g} of them, "
          f"PyTorch's float32 by {by_torch.max():.2g}")


def compare_tensors(case, frozen, start, ours, single, double):
    worst, where, wrong, held = 0.0, "", [], 0
    for name, truth in double.items():
        truth, found, before = (t.double().reshape(-1) for t in (truth, ours[name], start[name]))
        if is_frozen(name, frozen) or name.endswith("tracked"):
            held += 1
            if not (found.equal(truth) and (found.equal(before) or not is_frozen(name, frozen))):
                wrong.append(f"    {name} is not what it should be to the bit")
            continue
        allowed = max((single[name].double().reshape(-1) - truth).norm().item(), FLOOR * truth.norm().item())
        error = (found - truth).norm().item()
        if not error <= RATIO * allowed:
            wrong.append(f"    {name}: off by {error:.3g} of {truth.norm():.3g}, PyTorch by {allowed:.3g}")
        if error > worst * allowed:
            worst, where = error / allowed, name
    check(not wrong and len(ours) == len(double),
          f"{case}: {held} of {len(double)} tensors held to the bit, others at most {worst:.2f} times what PyTorch's "
          f"float32 is off ({where})")
    print("".join(line + "\n" for line in wrong), end="")


def main():
    torch.manual_seed(3)
    start = resnet.make("resnet8_tiny")
    for module in start.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.normal_(module.bias, 0, 0.2)
            nn.init.normal_(module.running_mean, 0, 0.2)
            nn.init.uniform_(module.running_var, 0.5, 1.5)
            module.num_batches_tracked.fill_(7)
    batches = make_batches()
    for optimiser, name in CASES:
        case, frozen = f"{optimiser}, {name}", FROZEN[name]
        single, double = (run_torch(start, t, optimiser, frozen, batches) for t in (torch.float32, torch.float64))
        ours = run_castnet(SCRATCH / case.replace(", ", "-").replace(" ", "_"), f"tests/specs/torch/{optimiser}.lua", start, frozen,
                           batches)
        compare_losses(case, ours[0], single[0], double[0])
        compare_tensors(case, frozen, start.state_dict(), ours[1], single[1], double[1])
    single, double = (run_torch(start, t, "sgd", [], batches, LATER) for t in (torch.float32, torch.float64))
    ours = run_castnet(SCRATCH / "later", "tests/specs/torch/freeze_later.lua", start, [], batches)
    compare_losses("one after another", ours[0], single[0], double[0])
    compare_tensors("one after another", [], start.state_dict(), ours[1], single[1], double[1])
    finish()


if __name__ == "__main__":
    main()
