"""Networks that only infer (--as inference) against PyTorch in float64, on the test images of CIFAR-10 (CIFAR10_DIR): logits
within 1e-4 of the largest, the same class wherever the two largest differ by more than 2e-4 of it; and how long one image
takes on one thread, beside PyTorch in the better of its memory formats. Last line: `N passed, N failed`.

    test_inference.py [NETWORK...]
"""
import os
import re
import shutil
import subprocess
import sys
import time

import numpy as np
import torch
from torch import nn

import resnet
import train
from harness import BUILD, DATA, check, finish, need_data, normalise, run, spec_of, write_safetensors
from networks import NETWORKS

OURS = {"resnet8_tiny": 10000, "resnet18": 10000, "resnet18_cifar": 500, "mobilenet_v2_cifar": 200, "resnet20_cifar": 500,
        "se_resnet20": 500, "densenet_bc40": 200}
ROUNDS = 20


def make(name):
    """Weights of the usual kind, but batch norms that do something."""
    torch.manual_seed(3)
    model = NETWORKS[name][0]() if name in NETWORKS else resnet.make(name)
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.normal_(module.bias, 0, 0.2)
            nn.init.normal_(module.running_mean, 0, 0.2)
            nn.init.uniform_(module.running_var, 0.5, 1.5)
    return model.eval()


def compiled(name):
    folder = BUILD / "tests" / "torch" / f"inference-{name}"
    shutil.rmtree(folder, ignore_errors=True)
    run("gen/castnet", spec_of(name), "--as", "inference", "--prefix", "inferred", "-o", folder)
    flags = dict(re.findall(r"^(\w+) *:= *(.*)$", (folder / "flags.mk").read_text(), re.M))
    run(os.environ.get("CC", "cc"), "-std=c11", "-O3", "-Wall", "-Wextra", "-Werror", *flags["CFLAGS_TARGET"].split(), "-I", folder,
        "-o", folder / "infer", "tests/torch/infer.c", *folder.glob("*.c"))
    return folder


def torch_milliseconds(model, image):
    best = 1e9
    torch.set_num_threads(1)
    with torch.inference_mode():
        for memory in (torch.contiguous_format, torch.channels_last):
            ready, x = model.to(memory_format=memory), image.to(memory_format=memory)
            for _ in range(ROUNDS):
                begin = time.perf_counter()
                ready(x)
                best = min(best, (time.perf_counter() - begin) * 1e3)
    return best


def compare(name, count, images):
    model = make(name)
    folder = compiled(name)
    write_safetensors(folder / "weights.safetensors", model.state_dict())
    images.numpy().tofile(folder / "images.bin")
    done = subprocess.run([folder / "infer", folder / "weights.safetensors", folder / "images.bin", str(ROUNDS)],
                          capture_output=True, check=True)
    torch_time = torch_milliseconds(model, normalise(images[:1], torch.float32))
    ours = torch.from_numpy(np.frombuffer(done.stdout, np.float32).reshape(count, -1).copy()).double()
    model.double()
    with torch.inference_mode():
        truth = torch.cat([model(normalise(part, torch.float64)) for part in images.split(100)])
    largest = truth.abs().max()
    apart = ((ours - truth).abs().max() / largest).item()
    check(apart <= 1e-4, f"{name}: logits of {count} images, off by {apart:.2g} of the largest")
    top = truth.topk(2).values
    clear = top[:, 0] - top[:, 1] > 2e-4 * largest
    same = ours.argmax(1) == truth.argmax(1)
    check(bool(same[clear].all()), f"{name}: the same class of {int(clear.sum())} images that have a clear one")
    print(f"{name}: one image takes {float(done.stderr):.3f} ms, PyTorch {torch_time:.3f} ms")


def main():
    need_data("networks that only infer")
    images = train.read(DATA, ["test_batch.bin"])[0]
    for name in sys.argv[1:] or OURS:
        compare(name, OURS[name], images[:OURS[name]])
    finish()


if __name__ == "__main__":
    main()
