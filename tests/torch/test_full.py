"""The full-size networks as generated, compiled and run, against PyTorch on the first images of
CIFAR-10 (CIFAR10_DIR): resnet18 and resnet18_cifar, batch 16, Adam 1e-3.

    test_full.py [MODEL...]

The rule for errors is harness.py's. Last line: `N passed, N failed`. Exit 77 without CIFAR-10.
"""
import re
import sys

import torch
from torch import nn

import resnet
import train
from harness import (BUILD, DATA, RATIO, build, check, check_tensors, finish, logits, losses, need_data, normalise,
                     read_safetensors, run, torch_steps, write_safetensors)

BATCH, STEPS, LR = 16, 3, 1e-3
# Adam's first steps move each weight by the sign of its gradient, and where a gradient is rounding
# noise the sign is too: of later losses only so much is comparable. The first, a single
# number, may be right in PyTorch by luck.
FIRST_LOSS, LATER_LOSS = 2e-6, 5e-3


# --- castnet ------------------------------------------------------------------------------------

def train_steps(programs, start, out, steps):
    """Losses; weights are in out/last.safetensors, gradients of the last step in out/gradients."""
    run(programs / "train", "--data", DATA, "--init", start, "--out", out, "--seed", 1, "--no-shuffle", "--no-augment",
        "--no-eval", "--max-steps", steps, "--log-steps", out / "steps.csv",
        "--dump-gradients", out / "gradients", "--quiet")
    return losses(out / "steps.csv")


# --- PyTorch ------------------------------------------------------------------------------------

def make_start(name):
    """Weights of the usual kind, but batch norms that do something."""
    torch.manual_seed(7)
    model = resnet.make(name)
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.normal_(module.bias, 0, 0.2)
            nn.init.normal_(module.running_mean, 0, 0.2)
            nn.init.uniform_(module.running_var, 0.5, 1.5)
    return model.state_dict()


class Torch:
    """Three steps from `start`: losses, and the first step's gradients and state after it."""

    def __init__(self, name, start, dtype, images, labels):
        self.losses = []
        model = resnet.make(name)
        model.load_state_dict(start)
        model.to(dtype)
        optimiser = torch.optim.Adam(model.parameters(), LR)
        batches = images.split(BATCH)[:STEPS], labels.split(BATCH)[:STEPS]
        for step, loss in enumerate(torch_steps(model, optimiser, *batches, dtype)):
            self.losses.append(loss)
            if step == 0:
                self.gradients = {n: p.grad.clone() for n, p in model.named_parameters()}
                self.state = {n: t.clone() for n, t in model.state_dict().items()}


def logits_of(name, weights, images, dtype):
    model = resnet.make(name)
    model.load_state_dict(weights, strict=True)
    model.to(dtype).eval()
    with torch.no_grad():
        return torch.cat([model(normalise(part, dtype)) for part in images.split(500)])


# --- comparisons --------------------------------------------------------------------------------

def check_first_update(ours, start, double):
    """Adam's first step is lr by the sign of the gradient, where that is more than noise."""
    wrong, compared, total = 0, 0, 0
    for name, gradient in double.gradients.items():
        clear = gradient.abs() > max(1e-2 * gradient.norm().item() / gradient.numel() ** 0.5, 1e-7)
        change = double.state[name] - start[name].double()
        difference = (ours[name].double() - start[name].double() - change).abs()
        wrong += int((difference[clear] > 0.01 * LR).sum())
        compared += int(clear.sum())
        total += gradient.numel()
    check(wrong == 0 and compared > total / 4,
          f"first update: {compared} of {total} parameters, {wrong} moved otherwise")


def dead_taps(gradient):
    """[kh][kw]: whose gradient is exactly 0."""
    return (gradient == 0).all(0).all(0)


def check_dead_taps(gradients, weights, start, double, expected):
    """Taps that only meet padding: no gradient, and weights to the bit as they came."""
    found, wrong = 0, []
    for name, truth in double.gradients.items():
        if truth.dim() != 4:
            continue
        dead = dead_taps(truth)
        found += int(dead.sum())
        if gradients[name][:, :, dead].any() or not torch.equal(weights[name][:, :, dead], start[name][:, :, dead]):
            wrong.append(name)
    check(not wrong and (found > 0) == expected, f"dead taps: {found}, changed in {wrong or 'none'}")


def check_counts(weights, steps):
    tracked = [v.item() for n, v in weights.items() if n.endswith("num_batches_tracked")]
    check(tracked and set(tracked) == {steps}, f"num_batches_tracked is {steps}")


def check_losses(ours, single, double):
    allowed = max(RATIO * abs(single[0] - double[0]), FIRST_LOSS * double[0])
    check(abs(ours[0] - double[0]) <= allowed,
          f"first loss: {ours[0]:.9g}, truly {double[0]:.9g}, PyTorch's float32 {single[0]:.9g}")
    worst = max(abs(o / d - 1) for o, d in zip(ours, double))
    by_torch = max(abs(s / d - 1) for s, d in zip(single, double))
    check(len(ours) == STEPS and worst <= LATER_LOSS,
          f"losses of {STEPS} steps: off by at most {worst:.2g} of them, PyTorch's float32 by {by_torch:.2g}")


def check_logits(name, programs, weights_file, images):
    ours = logits(programs, weights_file, BATCH)
    weights = read_safetensors(weights_file)
    single, double = (logits_of(name, weights, images[:BATCH], t) for t in (torch.float32, torch.float64))
    check_tensors("logits", {"logits": ours}, {"logits": single}, {"logits": double})


def check_evaluation(name, programs, weights_file, images, labels):
    """Loss and accuracy on all test images."""
    text = run(programs / "eval", "--weights", weights_file, "--data", DATA, "--quiet").decode()
    loss, accuracy = map(float, re.search(r"test loss (\S+) +accuracy (\S+) %", text).groups())
    found = logits_of(name, read_safetensors(weights_file), images, torch.float32).double()
    true_loss = nn.functional.cross_entropy(found, labels).item()
    true_accuracy = 100 * (found.argmax(1) == labels).double().mean().item()
    # Two images in ten thousand may have two logits equal but for rounding; 6 decimals are printed.
    check(abs(loss / true_loss - 1) <= 1e-5 and abs(accuracy - true_accuracy) <= 0.021,
          f"test loss {loss:.6f}, accuracy {accuracy:.2f} %; PyTorch {true_loss:.6f}, {true_accuracy:.2f} %")


def compare(name, has_dead_taps, evaluates):
    print(f"{name}:", flush=True)
    programs = build(name, name, BATCH)
    out = BUILD / "tests" / "torch" / name
    out.mkdir(parents=True, exist_ok=True)
    start = make_start(name)
    write_safetensors(out / "start.safetensors", start)
    images, labels = train.read(DATA, ["data_batch_1.bin"])
    single, double = (Torch(name, start, t, images, labels) for t in (torch.float32, torch.float64))
    train_steps(programs, out / "start.safetensors", out, 1)
    gradients, weights = read_safetensors(out / "gradients"), read_safetensors(out / "last.safetensors")
    check(list(sorted(weights)) == list(sorted(start)), "names of the weight file")
    check_tensors("gradients", gradients, single.gradients, double.gradients)
    running = {n: t for n, t in double.state.items() if "running" in n}
    check_tensors("running statistics", weights, single.state, running)
    check_first_update(weights, start, double)
    check_dead_taps(gradients, weights, start, double, has_dead_taps)
    check_losses(train_steps(programs, out / "start.safetensors", out, STEPS), single.losses, double.losses)
    weights_file = out / "last.safetensors"
    check_counts(read_safetensors(weights_file), STEPS)
    test_images, test_labels = train.read(DATA, ["test_batch.bin"])
    check_logits(name, programs, weights_file, test_images)
    if evaluates:
        check_evaluation(name, programs, weights_file, test_images, test_labels)


# Ten thousand images take resnet18_cifar minutes, resnet18 seconds.
MODELS = {"resnet18": (True, True), "resnet18_cifar": (False, False)}


def main():
    need_data("the full-size networks")
    for name in sys.argv[1:] or MODELS:
        compare(name, *MODELS[name])
    finish()


if __name__ == "__main__":
    main()
