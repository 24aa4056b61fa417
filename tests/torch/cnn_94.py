"""gen/specs/cnn_94.lua in PyTorch: the same network, recipe and averages over views, to race against and to compare accuracies.

    cnn_94.py --data DIR [--seed N] [--epochs 10] [--max-steps N] [--compile]

Prints a line an epoch, then accuracy without and with mirrored and shifted views, and the seconds that training took. With
--max-steps it stops there and prints images a second, the median over steps but the first two.
"""
import argparse
import math
import statistics
import time

import torch
from torch import nn
from torch.nn import functional

import train
from harness import normalise

BATCH, EPOCHS = 2000, 10
SIZE, MARGIN = 32, 2


class Conv(nn.Conv2d):
    """3x3, starts as the identity on its first outputs."""

    def __init__(self, channels, out):
        super().__init__(channels, out, 3, padding="same", bias=False)
        nn.init.dirac_(self.weight.data[:channels])


def norm(channels):
    layer = nn.BatchNorm2d(channels, eps=1e-12, momentum=0.4)
    layer.weight.requires_grad_(False)
    return layer


class Group(nn.Module):
    def __init__(self, channels, out):
        super().__init__()
        self.conv1, self.norm1 = Conv(channels, out), norm(out)
        self.conv2, self.norm2 = Conv(out, out), norm(out)

    def forward(self, x):
        x = functional.gelu(self.norm1(functional.max_pool2d(self.conv1(x), 2)))
        return functional.gelu(self.norm2(self.conv2(x)))


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.whiten = nn.Conv2d(3, 24, 2)
        self.whiten.weight.requires_grad_(False)
        nn.init.zeros_(self.whiten.bias)
        self.layers = nn.Sequential(Group(24, 64), Group(64, 256), Group(256, 256))
        self.head = nn.Linear(256, 10, bias=False)
        nn.init.uniform_(self.head.weight, -math.sqrt(3), math.sqrt(3))

    def forward(self, x):
        x = self.layers(functional.gelu(self.whiten(x)))
        return self.head(functional.max_pool2d(x, 3).flatten(1)) / 256


@torch.no_grad()
def whiten(layer, images, eps=5e-4):
    """Eigenvectors of the patches' covariance, each by the root of its value, and their negatives."""
    patches = functional.unfold(normalise(images, torch.float32), 2).transpose(1, 2).reshape(-1, 12).double()
    values, vectors = torch.linalg.eigh(patches.T @ patches / len(patches))
    filters = (vectors / (values + eps).sqrt()).T.flip(0).reshape(12, 3, 2, 2)
    layer.weight.copy_(torch.cat((filters, -filters)))


class Muon(torch.optim.Optimizer):
    """Jordan 2024: Nesterov's momentum made orthogonal by three steps of a quintic Newton-Schulz iteration, of weights whose
    norm is set to the root of their number of filters first."""

    def __init__(self, parameters, lr, momentum):
        super().__init__(parameters, {"lr": lr, "momentum": momentum})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for weight in group["params"]:
                sums = self.state[weight].setdefault("sums", torch.zeros_like(weight))
                sums.mul_(group["momentum"]).add_(weight.grad)
                x = weight.grad.add(sums, alpha=group["momentum"]).flatten(1)
                x = x / (x.norm() + 1e-7)
                for _ in range(3):
                    a = x @ x.T
                    x = 3.4445 * x + (-4.7750 * a + 2.0315 * a @ a) @ x
                weight.mul_(math.sqrt(len(weight)) / weight.norm()).sub_(x.view_as(weight), alpha=group["lr"])


def optimisers(model):
    """Learning rates are those for the mean of a batch; a step takes 0.004 of a weight, times what the schedule leaves."""
    def sgd(parameters, lr):
        return {"params": parameters, "lr": lr, "weight_decay": 0.004 / lr}

    named = dict(model.named_parameters())
    biases = [p for n, p in named.items() if n.endswith("bias")]
    filters = [p for n, p in named.items() if p.dim() == 4 and p.requires_grad]
    return (torch.optim.SGD([sgd(biases, 106), sgd([model.head.weight], 1340)], momentum=0.85, nesterov=True),
            Muon(filters, 0.24, 0.6))


def augment(images, mirrored, random):
    """Crops by up to two pixels, out of borders that mirror the image; then some images mirrored."""
    padded = functional.pad(images.float(), (MARGIN,) * 4, "reflect").to(torch.uint8)
    shifts = torch.randint(0, 2 * MARGIN + 1, (len(images), 2), generator=random)
    out = torch.empty_like(images)
    for y in range(2 * MARGIN + 1):
        for x in range(2 * MARGIN + 1):
            here = (shifts == torch.tensor([y, x])).all(1)
            out[here] = padded[here, :, y:y + SIZE, x:x + SIZE]
    return torch.where(mirrored.view(-1, 1, 1, 1), out.flip(3), out)


@torch.inference_mode()
def accuracies(model, images, labels):
    """Without and with views: the image for a half, it shifted by a pixel both ways along the diagonal for a quarter each, all
    with their mirror images."""
    plain, averaged = 0, 0
    for x, y in zip(images.split(500), labels.split(500)):
        x = normalise(x, torch.float32)
        wide = functional.pad(x, (1,) * 4, "reflect")
        views = ((x, 0.5), (wide[:, :, :SIZE, :SIZE], 0.25), (wide[:, :, 2:, 2:], 0.25))
        logits = model(x)
        plain += (logits.argmax(1) == y).sum().item()
        logits = sum(part * (model(view).softmax(1) + model(view.flip(3)).softmax(1)) for view, part in views)
        averaged += (logits.argmax(1) == y).sum().item()
    return 100 * plain / len(images), 100 * averaged / len(images)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=float, default=EPOCHS)
    parser.add_argument("--max-steps", type=int, default=0)
    parser.add_argument("--compile", action="store_true")
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    random = torch.Generator().manual_seed(args.seed)
    images, labels = train.read(args.data, [f"data_batch_{n}.bin" for n in range(1, 6)])
    test_images, test_labels = train.read(args.data, ["test_batch.bin"])
    model = Network().to(memory_format=torch.channels_last)
    whiten(model.whiten, images[:5000])
    forward, both = torch.compile(model) if args.compile else model, optimisers(model)
    first = [[group["lr"] for group in optimiser.param_groups] for optimiser in both]
    steps = len(images) // BATCH
    total, times, step = math.ceil(steps * args.epochs), [], 0
    coin, start, epoch = torch.rand(len(images), generator=random) < 0.5, time.perf_counter(), 0
    while step < total:
        for pick in torch.randperm(len(images), generator=random)[:steps * BATCH].split(BATCH):
            tick = time.perf_counter()
            x = normalise(augment(images[pick], coin[pick] ^ bool(epoch % 2), random), torch.float32)
            logits = forward(x.contiguous(memory_format=torch.channels_last))
            loss = functional.cross_entropy(logits, labels[pick], label_smoothing=0.2)
            loss.backward()
            for optimiser, rates in zip(both, first):
                for group, lr in zip(optimiser.param_groups, rates):
                    group["lr"] = lr * (1 - step / total)
                optimiser.step()
                optimiser.zero_grad(set_to_none=True)
            times.append((time.perf_counter() - tick) / BATCH)
            step += 1
            if step >= steps * 3:  # the whitening bias has learnt enough
                model.whiten.bias.requires_grad_(False)
            if step == args.max_steps:
                print(f"cnn_94: {1 / statistics.median(times[2:]):.1f} images/s")
                return
            if step == total:
                break
        epoch += 1
        print(f"epoch {epoch}  loss of the last batch {loss.item():.4f}  {time.perf_counter() - start:.1f} s", flush=True)
    took = time.perf_counter() - start
    plain, averaged = accuracies(model.eval(), test_images, test_labels)
    print(f"test accuracy {plain:.2f} %, with views {averaged:.2f} %, training took {took:.1f} s")


if __name__ == "__main__":
    main()
