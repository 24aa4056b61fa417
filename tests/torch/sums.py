"""Long sums as PyTorch computes them: how far its float32 is off, for tests/generated/sums.c.

    sums.py [FILE]      writes tests/vectors/sums.txt: NAME TENSOR ERROR, the error by the tensor's norm; of some networks a second
                        time, NAME_bf16, for what is computed under autocast to bf16

The networks are those of tests/specs/sums. Images and weights are functions of their index, the same in sums.c.
"""
import sys
from collections import OrderedDict

import numpy as np
import torch
from torch import nn

from harness import normalise, off
from tiny import scramble


def conv(*args, **options):
    return nn.Conv2d(*args, **{"bias": True, **options})


def pool():
    return {"a": conv(3, 16, 1), "b": conv(16, 8, 3, padding=1), "mean": nn.AdaptiveAvgPool2d(1),
            "flat": nn.Flatten(), "fc": nn.Linear(8, 10)}


def convs(last, features):
    return {"a": conv(3, 16, 3, padding=1), "b": conv(16, 16, 3, padding=1),
            "c": conv(16, 16, 3, stride=2, padding=1, groups=4), "d": last, "flat": nn.Flatten(),
            "fc": nn.Linear(features, 10)}


class Gate(nn.Module):
    """A factor for each channel, as squeeze and excitation has it."""

    def __init__(self, channels):
        super().__init__()
        self.gate = conv(channels, channels, 1)

    def forward(self, x):
        return x * torch.sigmoid(self.gate(x.mean((2, 3), keepdim=True)))


# name: images, their height and width, layers. Before a pool, images are as they are: sums of one sign are the hardest.
NETS = {
    "mean_pool_16": (32, 16, pool),
    "mean_pool_128": (8, 128, pool),
    "conv_128": (4, 128, lambda: convs(conv(16, 2, 5, stride=4, padding=2), 512)),
    "conv_1000": (1000, 8, lambda: convs(conv(16, 4, 1), 64)),
    "bilinear": (8, 16, lambda: {
        "a": conv(3, 64, 3, padding=1, bias=False), "b": conv(64, 64, 3, padding=1, bias=False),
        "c": conv(64, 512, 3, stride=4, padding=1, bias=False), "d": conv(512, 512, 3, padding=1, bias=False),
        "flat": nn.Flatten(), "fc": nn.Linear(8192, 10)}),
    "phases": (16, 16, lambda: {
        "a": conv(3, 128, 3, padding=1, bias=False), "b": conv(128, 256, 3, stride=2, padding=1, bias=False),
        "c": conv(256, 512, 3, stride=2, padding=1, bias=False), "flat": nn.Flatten(), "fc": nn.Linear(8192, 10)}),
    "five_and_three": (8, 16, lambda: {
        "a": conv(3, 64, 3, padding=1, bias=False), "b": conv(64, 64, 5, padding=2, bias=False),
        "c": conv(64, 128, 5, padding=2, bias=False), "d": conv(128, 256, 3, stride=6, bias=False),
        "e": conv(256, 512, 3, padding=1, bias=False), "f": conv(512, 256, 3, padding=1, bias=False),
        "flat": nn.Flatten(), "fc": nn.Linear(2304, 10)}),
    "bn_128": (8, 128, lambda: {
        "a": conv(3, 8, 3, padding=1, bias=False), "an": nn.BatchNorm2d(8),
        "b": conv(8, 4, 5, stride=2, padding=2, bias=False), "bn": nn.BatchNorm2d(4),
        "c": conv(4, 2, 3, stride=4, padding=1, bias=False), "flat": nn.Flatten(), "fc": nn.Linear(512, 10)}),
    "bn_1000": (1000, 4, lambda: {
        "a": conv(3, 24, 3, padding=1, bias=False), "an": nn.BatchNorm2d(24), "flat": nn.Flatten(),
        "fc": nn.Linear(384, 10)}),
    "bn_of_vectors_1000": (1000, 4, lambda: {"flat": nn.Flatten(), "an": nn.BatchNorm1d(48), "fc": nn.Linear(48, 10)}),
    "linear_1000": (1000, 8, lambda: {"flat": nn.Flatten(), "a": nn.Linear(192, 40), "fc": nn.Linear(40, 10)}),
    "linear_128": (8, 128, lambda: {"flat": nn.Flatten(), "a": nn.Linear(49152, 4), "fc": nn.Linear(4, 10)}),
    "avg_pool_128": (8, 128, lambda: {
        "a": conv(3, 4, 1), "pool": nn.AvgPool2d(32, 4, 8), "flat": nn.Flatten(), "fc": nn.Linear(3364, 10)}),
    "group_norm_128": (8, 128, lambda: {
        "a": conv(3, 8, 3, padding=1, bias=False), "an": nn.GroupNorm(2, 8),
        "b": conv(8, 4, 5, stride=2, padding=2, bias=False), "bn": nn.GroupNorm(2, 4),
        "c": conv(4, 2, 3, stride=4, padding=1, bias=False), "flat": nn.Flatten(), "fc": nn.Linear(512, 10)}),
    "group_norm_1000": (1000, 4, lambda: {
        "a": conv(3, 24, 3, padding=1, bias=False), "an": nn.GroupNorm(4, 24), "flat": nn.Flatten(),
        "fc": nn.Linear(384, 10)}),
    "depthwise_128": (8, 128, lambda: {
        "a": conv(3, 16, 1), "b": conv(16, 16, 3, padding=1, groups=16),
        "c": conv(16, 16, 5, stride=4, padding=2, groups=16), "d": conv(16, 2, 1), "flat": nn.Flatten(),
        "fc": nn.Linear(2048, 10)}),
    "adaptive_pool_128": (8, 128, lambda: {
        "a": conv(3, 16, 1), "pool": nn.AdaptiveAvgPool2d(3), "flat": nn.Flatten(), "fc": nn.Linear(144, 10)}),
    "factors_128": (8, 128, lambda: {
        "a": conv(3, 16, 1), "b": Gate(16), "c": conv(16, 2, 5, stride=4, padding=2, bias=False), "flat": nn.Flatten(),
        "fc": nn.Linear(2048, 10)}),
}


def make_batch(n, side):
    images = scramble(np.arange(n * 3 * side * side)).reshape(n, 3, side, side) % 256
    labels = scramble(np.arange(n) + (1 << 28)) % 10
    return torch.from_numpy(images.astype(np.uint8)), torch.from_numpy(labels.astype(np.int64))


def set_values(model):
    """By the place in the state_dict, in float64; running statistics stay as they are."""
    norms = {name for name, module in model.named_modules() if isinstance(module, (nn.BatchNorm1d, nn.BatchNorm2d, nn.GroupNorm))}
    for number, (name, tensor) in enumerate(model.state_dict().items()):
        if "running" in name or "num_batches" in name:
            continue
        u = scramble(np.arange(tensor.numel()) + ((number + 1) << 22)) / 2147483648.0 - 1
        is_scale = name.endswith(".weight") and name.removesuffix(".weight") in norms
        spread = np.sqrt(3 / (tensor.numel() / tensor.shape[0]))
        values = spread * u if tensor.dim() > 1 else u / 2 + is_scale
        tensor.copy_(torch.from_numpy(values.astype(np.float32)).reshape(tensor.shape))


BF16 = ("bilinear", "phases", "five_and_three")


def compute(name, dtype, is_bf16=False):
    """Logits, gradients and running statistics after one step, in the order in which sums.c writes them."""
    n, side, layers = NETS[name]
    model = nn.Sequential(OrderedDict(layers()))
    set_values(model)
    model.to(dtype)
    images, labels = make_batch(n, side)
    with torch.autocast("cpu", torch.bfloat16, enabled=is_bf16):
        logits = model(images.to(dtype) / 255 if "pool" in name else normalise(images, dtype))
    nn.functional.cross_entropy(logits.to(dtype), labels).backward()
    found = {"logits": logits.detach().to(dtype)}
    for key, tensor in model.state_dict(keep_vars=True).items():
        if tensor.dtype == dtype:
            found[key] = tensor.grad if tensor.grad is not None else tensor
    return found


def main():
    with open(sys.argv[1] if len(sys.argv) > 1 else "tests/vectors/sums.txt", "w", encoding="ascii") as file:
        for name in NETS:
            double, kinds = compute(name, torch.float64), {name: compute(name, torch.float32)}
            if name in BF16:
                kinds[f"{name}_bf16"] = compute(name, torch.float32, is_bf16=True)
            for kind, single in kinds.items():
                for key, truth in double.items():
                    file.write(f"{kind} {key} {off(single[key], truth) / truth.norm().item():.3g}\n")


if __name__ == "__main__":
    main()
