"""Transfer learning from a file of torchvision's to one of torchvision's: a ResNet-18 of 1000 classes goes as .pth
through `make train INIT=`, its logits on test images of CIFAR-10 are compared, so are ten steps of fine-tuning
with a new final layer, and what `make export` writes goes back.

Where there is no torchvision, resnet.py stands in for it, which has the same names and the same computation.
Weights are random, as torchvision makes them, running statistics those of real images. The rule for errors is
harness.py's. Last line: `N passed, N failed`. Exit 77 without CIFAR-10.
"""
import os
import re
import shutil
import sys
import types

import torch
from torch import nn

import resnet
import train
from harness import (BILINEAR, BUILD, DATA, RATIO, ROOT, build, check, check_tensors, finish, logits, losses, need_data, normalise,
                     read_safetensors, run, torch_steps)

try:
    # Python's part of it is enough: without its compiled ops, for detection, only this module of it fails.
    sys.modules["torchvision._meta_registrations"] = types.ModuleType("torchvision._meta_registrations")
    import torchvision
    MAKER, resnet18 = f"torchvision {torchvision.__version__}", torchvision.models.resnet18
except ImportError:
    MAKER = "resnet.py, which stands in for torchvision"

    def resnet18(num_classes=1000):
        return resnet.ResNet("imagenet", [64, 128, 256, 512], 2, num_classes)

BATCH, STEPS = 128, 10
FOLDER = BUILD / "tests" / "torch" / "transfer"
PTH = FOLDER / "torchvision's resnet18.pth"
MAKE = os.environ.get("MAKE", "make")
# At the recipe's learning rate these steps are chaotic: rounding grows to hundredths of the loss within a few of
# them, in PyTorch too, so that as much more is allowed as two roundings of one computation may part. Small steps,
# without Adam's division of a gradient near 0 by its own size, are comparable to many digits. Algorithms of fewer
# products round more coarsely: only their small steps are compared, by harness.py's rule for them.
RECIPE = dict(lr=1e-3, eps=1e-8, exact=True, parting=5.0)
SMALL = dict(lr=1e-5, eps=1e-3, exact=True, parting=RATIO)
BY_DEFAULT = dict(lr=1e-5, eps=1e-3, exact=False, parting=BILINEAR)
CLOSE = 1e-4       # what small steps may be off at most
FIRST_LOSS = 2e-6  # one number may be right in PyTorch by luck; for a rule of RATIO


def make_file(images):
    """The state_dict of 1000 classes, saved; it has seen images, so no statistic is what it began as."""
    torch.manual_seed(11)
    model = resnet18(num_classes=1000)
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.normal_(module.bias, 0, 0.2)
    model.train()
    with torch.no_grad():
        for part in images[-1024:].split(BATCH):
            model(normalise(part, torch.float32))
    torch.save(model.state_dict(), PTH)
    return model.state_dict()


def evaluate(state, images, dtype):
    model = resnet18(num_classes=len(state["fc.bias"]))
    model.load_state_dict(state, strict=True)
    model.to(dtype).eval()
    with torch.no_grad():
        return model(normalise(images, dtype))


def check_logits(what, programs, weights_file, state, images):
    ours = logits(programs, weights_file, BATCH)
    single, double = (evaluate(state, images[:BATCH], t) for t in (torch.float32, torch.float64))
    check_tensors(what, {"logits": ours}, {"logits": single}, {"logits": double})


def make_train(*arguments, exact=True):
    """What the console says."""
    words = ["--data", DATA, "--no-shuffle", "--no-augment", "--no-eval", "--no-plots", "--no-checkpoint", *arguments]
    return run(MAKE, "-s", "train", "MODEL=resnet18", f"BATCH={BATCH}", f"EXACT={int(exact)}", f"INIT={PTH}",
               "ARGS=" + " ".join(map(str, words))).decode()


def same_bits(ours, theirs, names):
    return [n for n in names if not torch.equal(ours[n], theirs[n])]


def check_start(state):
    """Weights after a step that moves none: those of the file, but for fc."""
    out = FOLDER / "start"
    said = make_train("--lr", 0, "--max-steps", 1, "--out", out)
    check(re.search(r"taken +120 of 122 tensors: conv1, bn1, layer1, layer2, layer3, layer4\n", said)
          and re.search(r"afresh +2, .*: fc \(1000 classes in the file, 10 in resnet18\)\n", said)
          and "ignored" not in said, "the console says what was taken and what not")
    log = (out / "training_log.txt").read_text()
    check(log.count(": taken\n") == 120 and "fc.weight: afresh\n" in log and "fc.bias: afresh\n" in log,
          "the log says it of each tensor")
    start = read_safetensors(out / "last.safetensors")
    parameters = [n for n in state if not re.search(r"running|tracked|^fc", n)]
    check(not same_bits(start, state, parameters), f"{len(parameters)} parameters are the file's to the bit")
    check(start["fc.weight"].shape == (10, 512) and start["fc.weight"].std() > 0.01, "fc is new, of 10 classes")
    return {n: start[n] if n.startswith("fc") else t for n, t in state.items()}


def fine_tune(start, dtype, lr, eps, images, labels):
    model = resnet18(num_classes=10)
    model.load_state_dict(start, strict=True)
    model.to(dtype).train()
    optimiser = torch.optim.Adam(model.parameters(), lr, eps=eps)
    return list(torch_steps(model, optimiser, images.split(BATCH)[:STEPS], labels.split(BATCH)[:STEPS], dtype))


def check_steps(start, images, labels, lr, eps, exact, parting):
    """castnet may be off by `parting` times the most that PyTorch's float32 was off so far. Most of what is allowed."""
    what = f"lr {lr}, {'exact' if exact else 'by default'}"
    out = FOLDER / f"tuned-{lr}-{'exact' if exact else 'default'}"
    out.mkdir()
    make_train("--max-steps", STEPS, "--lr", lr, "--eps", eps, "--log-steps", out / "steps.csv", "--out", out, exact=exact)
    ours = losses(out / "steps.csv")
    single, double = (fine_tune(start, t, lr, eps, images, labels) for t in (torch.float32, torch.float64))
    wrong, allowed = 0, FIRST_LOSS if exact else FIRST_LOSS * BILINEAR / RATIO
    for step, (o, s, d) in enumerate(zip(ours, single, double)):
        allowed = max(allowed, parting * abs(s / d - 1))
        wrong += not abs(o / d - 1) <= allowed
        print(f"    step {step + 1}: {o:.6f}, truly {d:.6f}: off by {abs(o / d - 1):.1e}, PyTorch's float32 by "
              f"{abs(s / d - 1):.1e}, allowed {allowed:.1e}", flush=True)
    check(len(ours) == STEPS and not wrong, f"{what}: losses of {STEPS} steps follow PyTorch's, {wrong} do not")
    return allowed


def check_export(programs, trained, images):
    out = FOLDER / "out" / "resnet18 for CIFAR-10.pth"
    said = run(MAKE, "-s", "export", "MODEL=resnet18", f"BATCH={BATCH}", f"WEIGHTS={trained}", f"OUT={out}").decode()
    check(str(out) in said, "make export names its file")
    weights = torch.load(out, weights_only=True)
    model = resnet18(num_classes=10)
    model.load_state_dict(weights, strict=True)
    ours = read_safetensors(trained)
    check(not same_bits(ours, model.state_dict(), ours) and set(ours) == set(weights), "the .pth holds the same bits")
    check_logits("logits of the .pth in PyTorch and of castnet", programs, trained, weights, images)


def main():
    need_data("transfer from torchvision")
    print(f"files made by {MAKER}")
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    images, labels = train.read(DATA, ["data_batch_1.bin"])
    test_images, _ = train.read(DATA, ["test_batch.bin"])
    state = make_file(images)

    spec = FOLDER / "resnet18_imagenet.lua"
    text = (ROOT / "gen/specs/resnet18.lua").read_text()
    spec.write_text(text.replace('"resnet18"', '"resnet18_imagenet"').replace('{ out = 10 }', '{ out = 1000 }'))
    whole = build(spec.relative_to(ROOT), "resnet18_imagenet", BATCH)
    run("gen/castnet", "convert", PTH, FOLDER / "whole.safetensors")
    check_logits("logits of 1000 classes", whole, FOLDER / "whole.safetensors", state, test_images)

    programs = build("resnet18", "resnet18", BATCH)
    start = check_start(state)
    check(check_steps(start, images, labels, **SMALL) <= CLOSE, f"small steps follow within {CLOSE}")
    check(check_steps(start, images, labels, **BY_DEFAULT) <= 3 * CLOSE, f"by default within {3 * CLOSE:.0e}")
    check_steps(start, images, labels, **RECIPE)
    check_export(programs, FOLDER / f"tuned-{RECIPE['lr']}-exact" / "resnet18_cifar10.safetensors", test_images)
    finish()


if __name__ == "__main__":
    main()
