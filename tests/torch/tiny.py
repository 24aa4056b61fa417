"""resnet8_tiny as PyTorch trains it, for tests/generated/torch_vectors.c.

    tiny.py [FILE]      writes tests/vectors/tiny.bin

Twenty steps on four made-up batches, one of them partial, with each optimiser. Stored are the losses
in float32 and float64 and, at steps 1, 2 and 20, from the state the float32 run has reached: running
statistics after the step and gradients, both in float64, and what the optimiser makes of those
gradients; with each the norm of what PyTorch's float32 is off, tensor by tensor. The optimiser is
given the same gradients in both precisions: Adam divides a gradient by its size, so rounding noise
where a gradient is almost 0 would drown what the optimiser itself does.

Arrays, OPTIMISER is sgd, adam, adamw or (what all have in common) all; each is the tensors of the
state_dict one after the other, sorted by name:
    batches                       images of each batch; step s takes batch (s - 1) mod 4
    OPTIMISER/losses32, losses64  of steps 1 to 20
    OPTIMISER/STEP/before         parameters and running statistics (float32)
    OPTIMISER/STEP/state0, state1 momentum; or exp_avg and exp_avg_sq (float32; at step 1: 0, absent)
    OPTIMISER/STEP/gradients, gradient_errors
    OPTIMISER/STEP/statistics, statistic_errors
    OPTIMISER/STEP/changes, change_errors      parameters after the update less those before
Of tensors with more than SPARSE values, gradients, states and changes have every fifth value (five
shares no factor with taps and channels), but those of step 1's gradients.
"""
import copy
import sys

import numpy as np
import torch
from torch import nn

import resnet
import vectors

BATCHES = [16, 9, 16, 16]
STEPS, COMPARED = 20, (1, 2, 20)
SPARSE, EVERY = 2048, 5
MEAN = torch.tensor([0.4914, 0.4822, 0.4465], dtype=torch.float64).view(1, 3, 1, 1)
STD = torch.tensor([0.2470, 0.2435, 0.2616], dtype=torch.float64).view(1, 3, 1, 1)
OPTIMISERS = {
    "sgd": lambda p: torch.optim.SGD(p, 0.01, 0.9, weight_decay=5e-4, nesterov=True),
    "adam": lambda p: torch.optim.Adam(p, 1e-3),
    "adamw": lambda p: torch.optim.AdamW(p, 1e-3, weight_decay=0.01),
}
STATES = {"sgd": ["momentum_buffer"], "adam": ["exp_avg", "exp_avg_sq"], "adamw": ["exp_avg", "exp_avg_sq"]}


def scramble(numbers):
    """A 32-bit integer for each number: the last steps of MurmurHash3."""
    x = np.asarray(numbers, np.uint32)
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        x = (x ^ (x >> np.uint32(shift))) * np.uint32(factor)
    return x ^ (x >> np.uint32(16))


def batch(index):
    """Noise over a chequered pattern that depends on the label."""
    n, first = BATCHES[index], sum(BATCHES[:index])
    labels = scramble(np.arange(first, first + n) + (1 << 24)) % 10
    shape = (n, 3, 32, 32)
    noise = scramble(np.arange(n * 3072) + first * 3072).reshape(shape) % 128
    _, c, y, x = np.indices(shape)
    label = labels.astype(np.int64).reshape(n, 1, 1, 1)
    pattern = ((y >> label % 4) + (x >> label % 3) + c) % 2
    images = torch.from_numpy((noise + 64 * pattern).astype(np.float64))
    return (images / 255 - MEAN) / STD, torch.from_numpy(labels.astype(np.int64))


def gradients(model, step):
    """Loss; gradients stay in the model."""
    images, labels = batch((step - 1) % len(BATCHES))
    model.zero_grad()
    loss = nn.functional.cross_entropy(model(images.to(model.fc.weight.dtype)), labels)
    loss.backward()
    return loss.item()


def is_sparse(tensor):
    return tensor.numel() > SPARSE


def flat(tensors, sparse=True):
    """{name: tensor} -> values, and the place of each tensor in them."""
    parts = [t.detach().reshape(-1)[::EVERY if sparse and is_sparse(t) else 1] for _, t in sorted(tensors.items())]
    return torch.cat(parts), np.cumsum([0] + [len(p) for p in parts])


def errors(single, double, sparse=True):
    """Norm of the difference, tensor by tensor."""
    (a, ends), (b, _) = flat(single, sparse), flat(double, sparse)
    off = a.double() - b
    return [off[i:j].norm().item() for i, j in zip(ends, ends[1:])]


def parameters(model):
    return dict(model.named_parameters())


def statistics(model):
    return {k: v for k, v in model.named_buffers() if "running" in k}


def update_given(kind, model, optimiser, given, dtype):
    """Parameters after one update of copies in `dtype`, with the gradients given."""
    model = copy.deepcopy(model).to(dtype)
    twin = OPTIMISERS[kind](model.parameters())
    state = optimiser.state_dict()
    twin.load_state_dict(copy.deepcopy(state))
    for name, p in model.named_parameters():
        p.grad = given[name].to(dtype)
        for key in STATES[kind] if state["state"] else []:
            twin.state[p][key] = twin.state[p][key].to(dtype)
    twin.step()
    return parameters(model)


def compare_step(kind, step, model, optimiser, arrays):
    """Records one step from the state of the float32 model and optimiser, which stay as they are."""
    case, common = f"{kind}/{step}", f"{'all' if step == 1 else kind}/{step}"
    whole = step == 1
    arrays[f"{common}/before"] = flat({**parameters(model), **statistics(model)}, False)[0]
    states = optimiser.state_dict()["state"]
    for number, key in enumerate(STATES[kind] if states else []):
        held = {name: optimiser.state[p][key] for name, p in model.named_parameters()}
        arrays[f"{case}/state{number}"] = flat(held)[0]
    single, double = copy.deepcopy(model), copy.deepcopy(model).double()
    gradients(single, step)
    gradients(double, step)
    g32, g64 = ({n: p.grad for n, p in m.named_parameters()} for m in (single, double))
    arrays[f"{common}/gradients"] = flat(g64, not whole)[0].float()
    arrays[f"{common}/gradient_errors"] = errors(g32, g64, not whole)
    arrays[f"{common}/statistics"] = flat(statistics(double))[0]
    arrays[f"{common}/statistic_errors"] = errors(statistics(single), statistics(double))
    given = {name: g.float() for name, g in g64.items()}
    after32, after64 = (update_given(kind, model, optimiser, given, t) for t in (torch.float32, torch.float64))
    changes = {name: after64[name] - p.double() for name, p in model.named_parameters()}
    arrays[f"{case}/changes"] = flat(changes)[0].float()
    arrays[f"{case}/change_errors"] = errors(after32, after64)


def train(kind, model, arrays=None):
    """Losses of all steps; with arrays, the compared steps are recorded."""
    optimiser = OPTIMISERS[kind](model.parameters())
    losses = []
    for step in range(1, STEPS + 1):
        if arrays is not None and step in COMPARED:
            compare_step(kind, step, model, optimiser, arrays)
        losses.append(gradients(model, step))
        optimiser.step()
    return losses


def main():
    torch.manual_seed(2)  # of the first ones, one whose compared steps have no activation within rounding of 0
    torch.set_num_threads(1)
    start = resnet.make("resnet8_tiny")
    arrays = {"batches": np.array(BATCHES, np.float64)}
    for kind in OPTIMISERS:
        arrays[f"{kind}/losses32"] = train(kind, copy.deepcopy(start), arrays)
        arrays[f"{kind}/losses64"] = train(kind, copy.deepcopy(start).double())
        off = np.abs(np.subtract(arrays[f"{kind}/losses32"], arrays[f"{kind}/losses64"]))
        print(f"{kind}: loss {arrays[f'{kind}/losses64'][0]:.4f} to {arrays[f'{kind}/losses64'][-1]:.4f}, "
              f"float32 off by {off.max():.2e} at most")
    vectors.write(sys.argv[1] if len(sys.argv) > 1 else "tests/vectors/tiny.bin", arrays)


if __name__ == "__main__":
    main()
