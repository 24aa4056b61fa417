"""castnet export --onnx: onnx's checker takes the files, and onnxruntime's logits are PyTorch's within 1e-5 of the largest, for
networks that users train; for specs that have every op they are castnet's own. As they are and with batch norms folded. Exit 77
without onnx and onnxruntime.
Last line: `N passed, N failed`.

    test_onnx.py [SPEC...]
"""
import os
import re
import shutil
import subprocess
import sys

import numpy as np
import torch

try:
    import onnx
    import onnxruntime
except ImportError:
    print("skip: ONNX files, as this python has no onnx and onnxruntime")
    sys.exit(77)

from harness import BUILD, check, finish, normalise, run, spec_of, write_safetensors
from networks import NETWORKS
from test_inference import make

OWN = ["golden/every_op", "ops/functions", "ops/adaptive_pools", "ops/pools_ceil", "ops/conv_even_kernels", "ops/conv_dilation",
       "ops/conv_groups", "ops/group_norm", "ops/bn_not_affine", "ops/flatten_linear", "ops/pad_channels", "ops/mul", "ops/concat",
       "ops/bn_alone", "ops/bn_of_itself", "ops/bn_shared", "ops/add_of_batch_norms", "ops/fixed_stores", "ops/functions_fused",
       "ops/conv_dead_taps", "ops/conv_depthwise", "ops/linear_alone", "ops/mean_pool_as_logits"]
FOLDER = BUILD / "tests" / "torch" / "onnx"
MOST = 1e-5
norms = []  # batch norms of each file so far


def exported(spec, weights, images, options=()):
    """onnxruntime's logits."""
    path = FOLDER / "model.onnx"
    run("gen/castnet", "export", spec, "--weights", weights, "--onnx", path, *options)
    onnx.checker.check_model(onnx.load(path), full_check=True)
    norms.append(sum(node.op_type == "BatchNormalization" for node in onnx.load(path).graph.node))
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    return session.run(["logits"], {"images": images})[0]


def apart(ours, truth):
    return float(np.abs(ours - truth).max() / np.abs(truth).max())


def draw_images(count, channels, height, width):
    return np.random.default_rng(5).integers(0, 256, (count, channels, height, width), np.uint8)


def compare_with_torch(name):
    model, images = make(name), draw_images(3, 3, 32, 32)
    weights = FOLDER / "weights.safetensors"
    write_safetensors(weights, model.state_dict())
    with torch.inference_mode():
        truth = model.double()(normalise(torch.from_numpy(images), torch.float64)).numpy()
    off = apart(exported(spec_of(name), weights, images), truth)
    check(off <= MOST, f"{name}: logits of any number of images, off by {off:.2g} of the largest")
    off = apart(exported(spec_of(name), weights, images[:1], ("--batch", 1)), truth[:1])
    check(off <= MOST, f"{name}: logits of one image")
    off = apart(exported(spec_of(name), weights, images, ("--fold",)), truth)
    check(off <= MOST, f"{name}: logits with norms folded, {norms[-1]} of {norms[-2]} left, off by {off:.2g} of the largest")


def compare_with_castnet(name):
    """With weights that are drawn for the tensors that the engine of inference lists."""
    folder, spec = FOLDER / "model", f"tests/specs/{name}.lua"
    shutil.rmtree(folder, ignore_errors=True)
    run("gen/castnet", spec, "--as", "inference", "--target", "portable", "--prefix", "inferred", "-o", folder)
    random, state = torch.Generator().manual_seed(1), {}
    for tensor, rank, dims in re.findall(r'\{"([^"]+)", (\d), \{([^}]*)\}\}', (folder / "load.c").read_text()):
        shape = [int(d) for d in dims.split(",")][:int(rank)]
        positive = tensor.endswith("running_var") or (len(shape) == 1 and tensor.endswith("weight"))
        state[tensor] = torch.rand(shape, generator=random) + 0.5 if positive else torch.randn(shape, generator=random) * 0.2
    weights = FOLDER / "weights.safetensors"
    write_safetensors(weights, state)
    sizes = dict(re.findall(r"INFERRED_(CHANNELS|HEIGHT|WIDTH) = (\d+)", (folder / "inferred.h").read_text()))
    images = draw_images(3, *(int(sizes[s]) for s in ("CHANNELS", "HEIGHT", "WIDTH")))
    images.tofile(folder / "images.bin")
    run(os.environ.get("CC", "cc"), "-std=c11", "-O1", "-I", folder, "-o", folder / "infer", "tests/torch/infer.c", *folder.glob("*.c"))
    done = subprocess.run([folder / "infer", weights, folder / "images.bin", "0"], capture_output=True, check=True)
    truth = np.frombuffer(done.stdout, np.float32).reshape(3, -1)
    off = apart(exported(spec, weights, images), truth)
    check(off <= MOST, f"{name}: castnet's logits, off by {off:.2g} of the largest")
    off = apart(exported(spec, weights, images, ("--fold",)), truth)
    check(off <= MOST, f"{name}: with norms folded, {norms[-1]} of {norms[-2]} left, off by {off:.2g} of the largest")


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[1:] or ["resnet8_tiny", "resnet18", *NETWORKS, *OWN]:
        compare_with_castnet(name) if "/" in name else compare_with_torch(name)
    finish()


if __name__ == "__main__":
    main()
