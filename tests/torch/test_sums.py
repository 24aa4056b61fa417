"""Long sums, over images of 128x128 and over 1000 images, against PyTorch, which must be installed.

The networks of tests/specs/sums, on targets portable and native; the rule for errors is harness.py's.
"""
import os

import numpy as np
import torch

import sums
from harness import BILINEAR, RATIO, ROOT, check_tensors, finish, run


def read(path, truth):
    """The tensors that sums.c wrote."""
    raw, at, tensors = np.fromfile(path, np.float32), 0, {}
    for name, tensor in truth.items():
        tensors[name] = torch.from_numpy(raw[at:at + tensor.numel()].copy()).reshape(tensor.shape)
        at += tensor.numel()
    assert at == raw.size, path
    return tensors


def main():
    targets = ("portable", "native")
    run("tests/generated/sums.sh", env={**os.environ, "KEEP": "1", "TARGETS": " ".join(targets)})
    for name in sums.NETS:
        single, double = (sums.compute(name, t) for t in (torch.float32, torch.float64))
        for target in targets:
            folder = ROOT / "build" / "tests" / "sums" / f"{name}.{target}"
            run(folder / "sums", "-", name, folder / "tensors", env={**os.environ, "OPENBLAS_NUM_THREADS": "1"})
            check_tensors(f"{name} {target}", read(folder / "tensors", double), single, double,
                          BILINEAR if name in ("bilinear", "five_and_three") else RATIO)
    finish()


if __name__ == "__main__":
    main()
