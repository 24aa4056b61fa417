"""Networks that users train, of words beside those of ResNet-18 (networks.py, tests/specs), against PyTorch: a training
step and an evaluation of the first images of CIFAR-10 (CIFAR10_DIR).

    test_networks.py [NETWORK...]

The rule for errors is harness.py's. It holds where no activation falls to the other side of a relu's kink by rounding:
hence the batches and seeds of networks.py. In so small batches little averages out, and how far a single float32 run is
off is chance (of a gradient of 16 values 2e-7 or 2e-6 of it, by the memory format): PyTorch's error is the larger one of
its runs in both formats. Last line: `N passed, N failed`. Exit 77 without CIFAR-10.
"""
import sys

import torch
from torch import nn

import train
from harness import (BUILD, DATA, RATIO, build, check, check_tensors, farthest, finish, logits, losses, need_data,
                     normalise, read_safetensors, run, spec_of, torch_steps, write_safetensors)
from networks import NETWORKS

FIRST_LOSS = 2e-6
FORMATS = (torch.contiguous_format, torch.channels_last)


def make_start(name, seed):
    """Weights of the usual kind, but batch norms that do something."""
    torch.manual_seed(seed)
    model = NETWORKS[name][0]()
    for module in model.modules():
        if isinstance(module, nn.Conv2d):
            nn.init.kaiming_normal_(module.weight)
        if isinstance(module, nn.BatchNorm2d):
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.normal_(module.bias, 0, 0.2)
            nn.init.normal_(module.running_mean, 0, 0.2)
            nn.init.uniform_(module.running_var, 0.5, 1.5)
    return model.state_dict()


def torch_step(name, start, images, labels, dtype, memory=FORMATS[0]):
    """Loss, gradients, state after a step that moves nothing."""
    model = NETWORKS[name][0]()
    model.load_state_dict(start)
    model.to(dtype, memory_format=memory)
    optimiser = torch.optim.SGD(model.parameters(), 0)
    loss = next(torch_steps(model, optimiser, [images], [labels], dtype))
    return loss, {n: p.grad for n, p in model.named_parameters()}, model.state_dict()


def logits_of(name, weights, images, dtype, memory=FORMATS[0]):
    model = NETWORKS[name][0]()
    model.load_state_dict(weights, strict=True)
    model.to(dtype, memory_format=memory).eval()
    with torch.no_grad():
        return {"logits": model(normalise(images, dtype))}


def compare(name):
    print(f"{name}:", flush=True)
    batch, seed = NETWORKS[name][1:]
    programs = build(spec_of(name), name, batch)
    out = BUILD / "tests" / "torch" / name
    out.mkdir(parents=True, exist_ok=True)
    start = make_start(name, seed)
    write_safetensors(out / "start.safetensors", start)
    images, labels = (part[:batch] for part in train.read(DATA, ["data_batch_1.bin"]))
    loss64, gradients, state = torch_step(name, start, images, labels, torch.float64)
    losses32, gradients32, states32 = zip(*(torch_step(name, start, images, labels, torch.float32, f) for f in FORMATS))
    run(programs / "train", "--data", DATA, "--init", out / "start.safetensors", "--out", out, "--seed", 1, "--no-shuffle",
        "--no-augment", "--no-eval", "--max-steps", 1, "--log-steps", out / "steps.csv", "--dump-gradients", out / "gradients",
        "--quiet")
    weights_file = out / "last.safetensors"
    weights = read_safetensors(weights_file)
    check(sorted(weights) == sorted(start), f"names of the weight file, {len(weights)} tensors")
    check_tensors("gradients", read_safetensors(out / "gradients"), farthest(gradients32, gradients), gradients)
    running = {n: t for n, t in state.items() if "running" in n}
    check_tensors("running statistics", weights, farthest(states32, running), running)
    loss, loss32 = losses(out / "steps.csv")[0], losses32[0]
    allowed = max(RATIO * abs(loss32 - loss64), FIRST_LOSS * loss64)
    check(abs(loss - loss64) <= allowed, f"loss {loss:.9g}, truly {loss64:.9g}, PyTorch's float32 {loss32:.9g}")
    test_images = train.read(DATA, ["test_batch.bin"])[0][:batch]
    after = logits_of(name, weights, test_images, torch.float64)
    after32 = [logits_of(name, weights, test_images, torch.float32, memory) for memory in FORMATS]
    check_tensors("logits", {"logits": logits(programs, weights_file, batch)}, farthest(after32, after), after)


def main():
    need_data("networks that users train")
    for name in sys.argv[1:] or NETWORKS:
        compare(name)
    finish()


if __name__ == "__main__":
    main()
