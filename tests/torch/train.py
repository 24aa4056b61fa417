"""The script that castnet replaces: torchvision's ResNet-18 on CIFAR-10, as one trains it today.

    train.py --data DIR [--model resnet18] [--epochs 20] [--max-steps N] [--threads N] [--batch 128]
             [--format channels_last|contiguous] [--compile] [--bf16] [--log FILE.csv]

--model is a name of resnet.py or networks.py. Adam 1e-3, random crop with padding 4, horizontal flip.
--compile: forward and backward by torch.compile; --bf16: forward under autocast. With --max-steps it prints the
speed of full training steps (data, forward, backward, optimiser) in images/s and the peak RSS.
"""
import argparse
import os
import resource
import time

import numpy as np
import torch
from torch import nn

import networks
import resnet


def read(folder, names):
    raw = np.concatenate([np.fromfile(os.path.join(folder, n), np.uint8).reshape(-1, 3073) for n in names])
    return torch.from_numpy(raw[:, 1:].reshape(-1, 3, 32, 32).copy()), torch.from_numpy(raw[:, 0].astype(np.int64))


MEAN = torch.tensor([0.4914, 0.4822, 0.4465]).view(1, 3, 1, 1)
STD = torch.tensor([0.2470, 0.2435, 0.2616]).view(1, 3, 1, 1)


def normalise(images):
    return (images.float() / 255 - MEAN) / STD


def augment(images):
    """Random crop with padding 4 (black, before normalisation, as torchvision) and flip."""
    n = len(images)
    padded = nn.functional.pad(images, (4, 4, 4, 4))
    dy, dx = torch.randint(0, 9, (n,)), torch.randint(0, 9, (n,))
    flip = torch.rand(n) < 0.5
    rows = dy.view(n, 1) + torch.arange(32)
    cols = dx.view(n, 1) + torch.arange(32)
    cols = torch.where(flip.view(n, 1), cols.flip(1), cols)
    return padded[torch.arange(n).view(n, 1, 1), :, rows.view(n, 32, 1), cols.view(n, 1, 32)].permute(0, 3, 1, 2)


def make(name):
    return networks.NETWORKS[name][0]() if name in networks.NETWORKS else resnet.make(name)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--model", default="resnet18")
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--max-steps", type=int, default=0)
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--format", default="channels_last")
    parser.add_argument("--compile", action="store_true")
    parser.add_argument("--bf16", action="store_true")
    parser.add_argument("--log")
    args = parser.parse_args()
    if args.threads:
        torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    images, labels = read(args.data, [f"data_batch_{i}.bin" for i in range(1, 6)])
    test_images, test_labels = read(args.data, ["test_batch.bin"])
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    layout = torch.channels_last if args.format == "channels_last" else torch.contiguous_format
    model = make(args.model).to(memory_format=layout)
    forward = torch.compile(model) if args.compile else model
    optimiser = torch.optim.Adam(model.parameters(), lr=1e-3, fused=True)
    criterion = nn.CrossEntropyLoss()
    log = open(args.log, "w") if args.log else None
    step, times = 0, []
    for epoch in range(1, args.epochs + 1):
        start, total, correct = time.time(), 0.0, 0
        model.train()
        order = torch.randperm(len(images))
        for at in range(0, len(images), args.batch):
            tick = time.time()
            pick = order[at:at + args.batch]
            x = normalise(augment(images[pick])).contiguous(memory_format=layout)
            y = labels[pick]
            optimiser.zero_grad(set_to_none=True)
            with torch.autocast("cpu", torch.bfloat16, enabled=args.bf16):
                logits = forward(x)
                loss = criterion(logits, y)
            loss.backward()
            optimiser.step()
            total += loss.item() * len(pick)
            correct += (logits.argmax(1) == y).sum().item()
            times.append((time.time() - tick) / len(pick))
            step += 1
            if args.max_steps and step >= args.max_steps:
                peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
                median = sorted(times[2:])[len(times[2:]) // 2]
                data = sum(t.nbytes for t in (images, labels, test_images, test_labels)) / 1024
                print(f"{args.model} {args.format}: {1 / median:.1f} images/s, peak RSS without data"
                      f" {(peak - data) / 1024:.0f} MiB, without libraries too {(peak - base) / 1024:.0f} MiB")
                return
        model.eval()
        test_loss, test_correct = 0.0, 0
        with torch.no_grad():
            for at in range(0, len(test_images), 500):
                logits = model(normalise(test_images[at:at + 500]).contiguous(memory_format=layout))
                y = test_labels[at:at + 500]
                test_loss += nn.functional.cross_entropy(logits, y, reduction="sum").item()
                test_correct += (logits.argmax(1) == y).sum().item()
        line = (f"{epoch},{total / len(images):.4f},{correct / len(images):.4f},"
                f"{test_loss / len(test_images):.4f},{test_correct / len(test_images):.4f},{time.time() - start:.1f}")
        print(line, flush=True)
        if log:
            log.write(line + "\n")
            log.flush()


if __name__ == "__main__":
    main()
