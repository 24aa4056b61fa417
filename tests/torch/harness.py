"""What tests of whole networks share: castnet's programs built and run, weight files, the rule for errors, counts.

The truth is PyTorch in float64. What castnet computes may be off by RATIO times what PyTorch's float32
is off, tensor by tensor, in the L2 norm; a tensor whose float32 is off by less than FLOOR of its norm may be
off by RATIO times that. Algorithms of fewer products sum what cancels: with them it is BILINEAR times.
"""
import json
import os
import pathlib
import re
import subprocess
import sys

import numpy as np
import torch

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / (os.environ.get("BUILD") or "build")
DATA = os.environ.get("CIFAR10_DIR")
RATIO, BILINEAR, FLOOR = 3.0, 8.0, 1.2e-7  # the floor: a unit in the last place of a float32
counts = {True: 0, False: 0}


def check(passed, text):
    passed = bool(passed)
    counts[passed] += 1
    print(("passed " if passed else "failed ") + text, flush=True)


def run(*command, **options):
    """Standard output; ends the script with the program's words if it fails."""
    done = subprocess.run([str(c) for c in command], cwd=ROOT, capture_output=True, check=False, **options)
    if done.returncode != 0:
        counts[False] += 1
        print(f"failed {' '.join(map(str, command))}: exit {done.returncode}\n"
              f"{done.stdout.decode(errors='replace')[-2000:]}{done.stderr.decode(errors='replace')[-2000:]}")
        finish()
    return done.stdout


def finish():
    print(f"{counts[True]} passed, {counts[False]} failed")
    sys.exit(1 if counts[False] or not counts[True] else 0)


def need_data(what):
    """Exit 77 without CIFAR-10."""
    if not DATA or not os.path.exists(os.path.join(DATA, "test_batch.bin")):
        print(f"skip: {what}, as CIFAR10_DIR has no CIFAR-10 (binary version)")
        sys.exit(77)


# --- safetensors, by hand: 8 bytes of header length, JSON, values -------------------------------

DTYPES = {"F32": np.float32, "I64": np.int64}


def write_safetensors(path, tensors):
    header, values, at = {}, [], 0
    for name, tensor in tensors.items():
        array = tensor.detach().numpy()
        dtype = {v: k for k, v in DTYPES.items()}[array.dtype.type]
        header[name] = {"dtype": dtype, "shape": list(array.shape), "data_offsets": [at, at + array.nbytes]}
        values.append(array.tobytes())
        at += array.nbytes
    text = json.dumps(header).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text + b"".join(values))


def read_safetensors(path):
    raw = path.read_bytes()
    start = 8 + int.from_bytes(raw[:8], "little")
    header, tensors = json.loads(raw[8:start]), {}
    header.pop("__metadata__", None)
    for name, entry in header.items():
        begin, end = (start + o for o in entry["data_offsets"])
        array = np.frombuffer(raw[begin:end], DTYPES[entry["dtype"]]).reshape(entry["shape"])
        tensors[name] = torch.from_numpy(array.copy())
    return tensors


# --- castnet ------------------------------------------------------------------------------------

def spec_of(name):
    """The file of a network that comes along, or of one of tests/specs."""
    shipped = pathlib.Path("gen/specs") / f"{name}.lua"
    return shipped if shipped.exists() else pathlib.Path("tests/specs") / f"{name}.lua"


def build(model, name, batch):
    """The folder of the programs of a spec, logits among them. model: a name, or a file of that name. Convolutions are
    direct: by algorithms of fewer products one activation of millions falls on the other side of a ReLU, which tells
    nothing of them. Those are held to their bound in a network without ReLUs (test_sums.py)."""
    run(os.environ.get("MAKE", "make"), "-s", "-f", ".make/model.mk", "-j2", f"MODEL={model}", f"BATCH={batch}", "EXACT=1",
        "programs")
    out = BUILD / f"{name}-exact-b{batch}"
    flags = dict(re.findall(r"^(\w+) *:= *(.*)$", (out / "flags.mk").read_text(), re.M))
    blas = run("pkg-config", "--libs-only-L", "openblas").decode().split() if "blas" in flags["LDLIBS_TARGET"] else []
    objects = [out / "obj/model" / source.replace(".c", ".o") for source in flags["SOURCES"].split()] + [out / "obj/runtime.a"]
    run(os.environ.get("CC", "cc"), "-std=c11", "-O2", "-Wall", "-Wextra", "-Werror", *flags["CFLAGS_TARGET"].split(),
        "-I", out / "runtime", "-I", "runtime", "-o", out / "logits", "tests/torch/logits.c", *objects,
        *blas, *flags["LDLIBS_TARGET"].split())
    return out


def logits(programs, weights_file, count):
    """Of the first `count` test images, as many as the batch is large."""
    raw = run(programs / "logits", weights_file, os.path.join(DATA, "test_batch.bin"))
    return torch.from_numpy(np.frombuffer(raw, np.float32).reshape(count, -1).copy())


def losses(steps_csv):
    return [float(line.split(",")[1]) for line in steps_csv.read_text().splitlines()[1:]]


# --- PyTorch ------------------------------------------------------------------------------------

def normalise(images, dtype):
    mean, std = (torch.tensor(v, dtype=dtype).view(1, 3, 1, 1)
                 for v in ((0.4914, 0.4822, 0.4465), (0.2470, 0.2435, 0.2616)))
    return (images.to(dtype) / 255 - mean) / std


def torch_steps(model, optimiser, images, labels, dtype):
    """The loss of each step, with its gradients in the model until the next. images, labels: batches."""
    for part, of_part in zip(images, labels):
        optimiser.zero_grad()
        loss = torch.nn.functional.cross_entropy(model(normalise(part, dtype)), of_part)
        loss.backward()
        optimiser.step()
        yield loss.item()


# --- comparisons --------------------------------------------------------------------------------

def off(x, truth):
    return (x.double() - truth).norm().item()


def farthest(runs, double):
    """Of several float32 runs each tensor from the one whose is the farthest off."""
    return {name: max((run[name] for run in runs), key=lambda tensor: off(tensor, truth)) for name, truth in double.items()}


def check_tensors(what, ours, single, double, ratio=RATIO):
    """The ratio rule, tensor by tensor: one test."""
    worst, where, wrong = 0.0, "", []
    for name, truth in double.items():
        allowed = max(off(single[name], truth), FLOOR * truth.norm().item())
        error = off(ours[name], truth)
        times = error / allowed if allowed > 0 else (0.0 if error == 0 else np.inf)
        if not times <= ratio:
            wrong.append(f"    {name}: off by {error:.3g} of {truth.norm():.3g}, PyTorch by {allowed:.3g}")
        if not times <= worst:
            worst, where = times, name
    check(not wrong, f"{what}: {len(double)} tensors, at most {worst:.2f} times PyTorch's error ({where})")
    print("\n".join(wrong) + ("\n" if wrong else ""), end="")
