"""Filters that whiten patches of training images (net.whitening) against torch.cov and torch.linalg.eigh, and
net.dirac against torch.nn.init.dirac_.

    test_whitening.py

A trainer takes one step with a learning rate of 0 and saves what it began with. Images are drawn here: noise that is
alike in neighbours and channels. Filters may be off by OFF of their norm, each times the sign that castnet gave it:
eigenvectors have two. Last line: `N passed, N failed`.
"""
import numpy as np
import torch

from harness import BUILD, check, finish, read_safetensors, run

SCRATCH = BUILD / "tests" / "torch" / "whitening"
OFF = 1e-6
TRAIN, USED = 96, 64
MEAN, STD = (0.4914, 0.4822, 0.4465), (0.2470, 0.2435, 0.2616)

SPEC = """return net.model {{
  name = "{name}",
  input = {{ batch = 32, height = 32, width = 32, channels = 3 }},
  forward = function(image)
    local x = net.conv(image, "white", {{ out = {out}, kernel = {{ {kernel} }}, {more}bias = true, bias_init = "zeros",
      init = net.whitening {{ {options} }} }})
    x = net.conv(net.gelu(x), "whole", {{ out = 12, kernel = {{ 2, 3 }}, groups = 3, init = net.dirac {{}} }})
    x = net.conv(x, "part", {{ out = 20, kernel = 3, init = net.dirac {{ rest = "pytorch" }} }})
    return net.linear(net.mean_pool(x), "fc", {{ out = 10 }})
  end,
  loss = net.cross_entropy {{}},
  train = {{ optimizer = net.sgd {{ lr = 0 }}, epochs = 1 }},
  data = {{ name = "noise", classes = 10, train = {{ "train.bin" }}, test = {{ "test.bin" }} }},
}}
"""


def draw_images(count):
    """Bytes [count][3][32][32]: sums of noise over neighbours, rows and channels."""
    noise = np.random.default_rng(1).integers(0, 64, (count, 3, 33, 33))
    mixed = noise[:, :, :-1, :-1] + noise[:, :, 1:, :-1] + noise[:, :, :-1, 1:]
    return (mixed + mixed.mean(1, keepdims=True) / 3).astype(np.uint8)


def whitened(images, kernel, dilation, eps):
    """Eigenvectors over roots, of the largest eigenvalue first: [size][3][height][width]."""
    normal = (torch.from_numpy(images).double() / 255 - torch.tensor(MEAN).double().view(3, 1, 1)) \
        / torch.tensor(STD, dtype=torch.float64).view(3, 1, 1)
    patches = torch.nn.functional.unfold(normal, kernel, dilation=dilation)  # [image][size][position]
    values, vectors = torch.linalg.eigh(torch.cov(patches.permute(1, 0, 2).reshape(patches.shape[1], -1)))
    return (vectors / (values + eps).sqrt()).T.flip(0).reshape(-1, 3, *kernel)


def check_whitening(name, weight, truth):
    out = len(weight)
    pairs = weight[0:out // 2 * 2].view(-1, 2, *weight.shape[1:])
    check(torch.equal(pairs[:, 0], -pairs[:, 1]), f"{name}: each filter is followed by its negative")
    ours, of_torch = weight[0::2].double().flatten(1), truth[:(out + 1) // 2].flatten(1)
    sign = (ours * of_torch).sum(1, keepdim=True).sign()
    off = ((ours - sign * of_torch).norm(dim=1) / of_torch.norm(dim=1)).max().item()
    check(off <= OFF, f"{name}: {out} filters, off by at most {off:.2g} of their norm")


def check_dirac(name, tensors):
    whole, part = tensors["whole.weight"], tensors["part.weight"]
    check(torch.equal(whole, torch.nn.init.dirac_(torch.empty_like(whole), 3)), f"{name}: dirac is dirac_")
    first, rest = part[:12], part[12:]
    bound = 1 / np.sqrt(12 * 9)
    check(torch.equal(first, torch.nn.init.dirac_(torch.empty_like(first)))
          and 0.9 * bound < rest.abs().max() < bound, f"{name}: the rest is uniform as PyTorch's")


def main():
    SCRATCH.mkdir(parents=True, exist_ok=True)
    images = draw_images(TRAIN)
    records = np.concatenate([(np.arange(TRAIN) % 10).astype(np.uint8)[:, None], images.reshape(TRAIN, -1)], 1)
    (SCRATCH / "train.bin").write_bytes(records.tobytes())
    (SCRATCH / "test.bin").write_bytes(records[:32].tobytes())
    cases = [  # name, filters, kernel, dilation, eps, images
        ("white_all", 24, (2, 2), (1, 1), 5e-4, USED), ("white_some", 15, (3, 2), (1, 2), 0.3, USED),
        ("white_few", 54, (3, 3), (1, 1), 1e-9, 5000)]
    for name, out, kernel, dilation, eps, used in cases:
        more = f"dilation = {{ {dilation[0]}, {dilation[1]} }}, padding = 1, " if dilation != (1, 1) else ""
        options = f"images = {used}" + (f", eps = {eps}" if eps != 5e-4 else "")  # which is the default
        (SCRATCH / f"{name}.lua").write_text(SPEC.format(name=name, out=out, kernel="%d, %d" % kernel, more=more, options=options))
        run("make", "-s", "-f", ".make/model.mk", "-j2", f"MODEL={SCRATCH}/{name}.lua", "programs")
        trainer, saved = BUILD / name / "train", {}
        for threads in (1, 2):
            folder = SCRATCH / f"{name}-{threads}"
            run(trainer, "--data", SCRATCH, "--out", folder, "--threads", threads, "--max-steps", 1, "--quiet", "--no-plots")
            saved[threads] = read_safetensors(folder / "last.safetensors")
        check(all(torch.equal(tensor, saved[2][key]) for key, tensor in saved[1].items() if "running" not in key),
              f"{name}: the same bits by one thread and by two")
        check_whitening(name, saved[1]["white.weight"], whitened(images[:used], kernel, dilation, eps))
        check(not saved[1]["white.bias"].any(), f"{name}: its bias is 0")
        check_dirac(name, saved[1])
    finish()


main()
