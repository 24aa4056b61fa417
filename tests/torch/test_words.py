"""Optimisers, and words that change the update, against PyTorch: clip_norm (clip_grad_norm_), ema_decay (AveragedModel
with get_ema_multi_avg_fn and use_buffers), decay = "weights" and groups (groups of parameters and several optimisers)
and lookahead, alone and together, for twenty steps of a network whose convolutions have taps that only meet padding. What
torch.optim has not, Lion, Muon and lookahead, is written here by its papers.

    test_words.py [NAME]        only cases that have NAME in theirs

Gradients and running statistics are PyTorch's (float64), rounded to float32 and given to all: to PyTorch in
float64, the truth, to PyTorch in float32, and to castnet. castnet may be off by RATIO times what PyTorch's
float32 is off, tensor by tensor, in the L2 norm, and FLOOR of its norm is always allowed. Counters must be
equal. Last line: `N passed, N failed`.
"""
import copy
import glob
import os
import pathlib
import subprocess
import sys

import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

import vectors

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCRATCH = ROOT / "build" / "tests" / "torch" / "words"
RATIO, FLOOR = 3.0, 2.4e-7
STEPS, SHOWN = 20, (1, 2, 3, 20)
CLIP, DECAY = 1.0, 0.9
counts = {True: 0, False: 0}

SPEC = """return net.model {{
  name = "words",
  input = {{ batch = 4, height = 2, width = 2, channels = 3 }},
  forward = function(image)
    local x = net.relu(net.bn(net.conv(image, "a", {{ out = 8, kernel = 5, padding = 2 }}), "bn"))
    x = net.conv(x, "b", {{ out = 6, kernel = 3, stride = 2, padding = 1, bias = true }})
    return net.linear(net.flatten(x), "fc", {{ out = 5 }})
  end,
  loss = net.cross_entropy {{}},{freezing}
  train = {{ optimizer = net.{optimizer}, epochs = 1{words} }},
}}
"""

class Lion(torch.optim.Optimizer):
    """Chen et al. 2023, algorithm 2."""

    def __init__(self, groups, lr, beta1, beta2, weight_decay):
        super().__init__(groups, dict(lr=lr, beta1=beta1, beta2=beta2, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                m = self.state[p].setdefault("m", torch.zeros_like(p))
                update = (group["beta1"] * m + (1 - group["beta1"]) * p.grad).sign()
                p.mul_(1 - group["lr"] * group["weight_decay"]).sub_(update * group["lr"])
                m.mul_(group["beta2"]).add_(p.grad, alpha=1 - group["beta2"])


def newton_schulz(g, steps, eps):
    """Jordan 2024: the quintic iteration that drives singular values near 1."""
    x = g / (g.norm() + eps)
    if x.size(0) > x.size(1):
        return newton_schulz_rows(x.T, steps).T
    return newton_schulz_rows(x, steps)


def newton_schulz_rows(x, steps):
    for _ in range(steps):
        a = x @ x.T
        x = 3.4445 * x + (-4.7750 * a + 2.0315 * a @ a) @ x
    return x


class Muon(torch.optim.Optimizer):
    """Jordan 2024, of weights of rank 2 or more; vectors move by SGD with Nesterov momentum at twice the learning rate."""

    def __init__(self, groups, lr, momentum, weight_decay, steps, normalizes, adjust):
        super().__init__(groups, dict(lr=lr, momentum=momentum, weight_decay=weight_decay))
        self.steps, self.normalizes, self.adjust = steps, normalizes, adjust

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                b = self.state[p].setdefault("b", torch.zeros_like(p))
                b.mul_(group["momentum"]).add_(p.grad)
                d = p.grad + group["momentum"] * b
                if p.dim() == 1:
                    p.sub_(2 * group["lr"] * d)
                    continue
                update = newton_schulz(d.reshape(len(d), -1), self.steps, 1e-7)
                if self.normalizes:
                    p.mul_(len(p) ** 0.5 / p.norm())
                p.mul_(1 - group["lr"] * group["weight_decay"])
                p.sub_(group["lr"] * self.adjust(*update.shape) * update.reshape(p.shape))


class Lookahead:
    """Zhang et al. 2019, and Jordan 2024 where the part of the way falls; running statistics included."""

    def __init__(self, model, every, alpha, power):
        self.model, self.every, self.alpha, self.power = model, every, alpha, power
        self.slow = {n: t.clone() for n, t in model.state_dict().items() if t.is_floating_point()}

    def follow(self, step):
        part = 0.0
        if step % self.every == 0:
            part = 1 - (1 - self.alpha) * (step / STEPS) ** self.power if self.power else self.alpha
        elif step < STEPS:
            return
        fast = self.model.state_dict()
        for name, slow in self.slow.items():
            slow.lerp_(fast[name], part)
            fast[name].copy_(slow)


def muon(lr, momentum, weight_decay, steps, normalizes, adjust):
    return lambda groups: Muon(groups, lr, momentum, weight_decay, steps, normalizes, adjust)


# What a spec says, and the same in PyTorch but for the groups.
OPTIMISERS = {
    "sgd": ("sgd { lr = 0.05, weight_decay = 0.1%s }",
            lambda groups: torch.optim.SGD(groups, 0.05, weight_decay=0.1)),
    "nesterov": ("sgd { lr = 0.05, momentum = 0.9, nesterov = true, weight_decay = 0.1%s }",
                 lambda groups: torch.optim.SGD(groups, 0.05, 0.9, weight_decay=0.1, nesterov=True)),
    "adam": ("adam { lr = 1e-2, eps = 1e-4, weight_decay = 0.1%s }",
             lambda groups: torch.optim.Adam(groups, 1e-2, eps=1e-4, weight_decay=0.1)),
    "adamw": ("adamw { lr = 1e-2, eps = 1e-4, weight_decay = 0.5%s }",
              lambda groups: torch.optim.AdamW(groups, 1e-2, eps=1e-4, weight_decay=0.5)),
    "amsgrad": ("adam { lr = 1e-2, beta2 = 0.9, eps = 1e-4, weight_decay = 0.1, amsgrad = true%s }",
                lambda groups: torch.optim.Adam(groups, 1e-2, (0.9, 0.9), 1e-4, 0.1, amsgrad=True)),
    "lion": ("lion { lr = 5e-3, weight_decay = 0.5%s }", lambda groups: Lion(groups, 5e-3, 0.9, 0.99, 0.5)),
    "rmsprop": ("rmsprop { lr = 5e-3, alpha = 0.9, eps = 1e-3, weight_decay = 0.1%s }",
                lambda groups: torch.optim.RMSprop(groups, 5e-3, 0.9, 1e-3, 0.1)),
    "centered": ("rmsprop { lr = 5e-3, alpha = 0.9, eps = 1e-2, momentum = 0.8, centered = true, weight_decay = 0.1%s }",
                 lambda groups: torch.optim.RMSprop(groups, 5e-3, 0.9, 1e-2, 0.1, 0.8, centered=True)),
    "muon": ('muon { lr = 0.02, weight_decay = 0.5, adjust_lr = "original"%s }',
             muon(0.02, 0.95, 0.5, 5, False, lambda rows, columns: max(1, rows / columns) ** 0.5)),
    "airbench": ("muon { lr = 0.05, momentum = 0.6, ns_steps = 3, normalize_weights = true%s }",
                 muon(0.05, 0.6, 0.0, 3, True, lambda rows, columns: 1)),
}
ALL = {"clip", "ema", "decay", "groups", "lookahead"}
OLD = [{"clip"}, {"ema"}, {"decay"}, {"clip", "ema", "decay"}, {"groups"}, {"lookahead"}, {"rising"}, ALL]
WORDS = {name: OLD if name in ("nesterov", "adam") else OLD[:4] if name in ("sgd", "adamw") else [set(), ALL]
         for name in OPTIMISERS}
WORDS["airbench"] = [set(), {"clip", "ema", "lookahead"}, {"rising"}]
for some in ("nesterov", "adam", "adamw"):
    WORDS[some] = WORDS[some] + [{"freeze"}, {"freeze", "clip", "ema", "decay", "lookahead"}]
FREEZE = {"b.weight": 2, "bn.bias": 2, "b.bias": 10, "a.weight": 10}  # steps after which each stays
LOOKAHEAD = {"lookahead": (5, 0.5, 0), "rising": (3, 0.2, 3)}


def check(passed, text):
    counts[bool(passed)] += 1
    print(("passed " if passed else "failed ") + text, flush=True)


# --- PyTorch ------------------------------------------------------------------------------------

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 8, 5, padding=2, bias=False)
        self.bn = nn.BatchNorm2d(8)
        self.b = nn.Conv2d(8, 6, 3, stride=2, padding=1)
        self.fc = nn.Linear(6, 5)

    def forward(self, x):
        return self.fc(self.b(torch.relu(self.bn(self.a(x)))).flatten(1))


def lr_factor(step):
    """The learning rate moves."""
    return 1 + step % 3


def optimisers_of(model, name, words):
    """Those of a spec with these words: groups of factors in the first, another one of its own."""
    make, parameters = OPTIMISERS[name][1], dict(model.named_parameters())
    if "groups" not in words or "muon" in OPTIMISERS[name][0]:
        groups, others = [(list(parameters.values()), {})], []
    else:
        factors = make([torch.zeros(1)]).param_groups[0]
        moved = {"lr": factors["lr"] * 4, "weight_decay": factors["weight_decay"] * 0.5}
        if "betas" in factors:
            moved["betas"] = (factors["betas"][0] * 0.5, factors["betas"][1])
        for key in ("momentum", "beta1"):
            if factors.get(key):
                moved[key] = factors[key] * 0.5
        some = {"bn.weight", "bn.bias", "b.bias"}
        own = {"fc.weight", "fc.bias"}
        groups = [([p for n, p in parameters.items() if n not in some | own], {}), ([parameters[n] for n in sorted(some)], moved)]
        others = [torch.optim.SGD([parameters[n] for n in own], 0.03, 0.8)]
    if "decay" in words:
        split = []
        for members, options in groups:
            split.append(([p for p in members if p.dim() > 1], options))
            split.append(([p for p in members if p.dim() == 1], {**options, "weight_decay": 0.0}))
        groups = [group for group in split if group[0]]
    return [make([{"params": members, **options} for members, options in groups])] + others


class Replay:
    """One run in a precision; gradients are given or, in the run that makes them, its own rounded."""

    def __init__(self, start, dtype, name, words):
        self.model = copy.deepcopy(start).to(dtype)
        self.optimisers = optimisers_of(self.model, name, words)
        self.rates = [group["lr"] for optimiser in self.optimisers for group in optimiser.param_groups]
        self.words = words
        self.average = AveragedModel(self.model, multi_avg_fn=get_ema_multi_avg_fn(DECAY), use_buffers=True)
        self.lookahead = [Lookahead(self.model, *LOOKAHEAD[word]) for word in LOOKAHEAD if word in words]

    def differentiate(self, step):
        """Gradients and buffers of one step, as float32."""
        generator = torch.Generator().manual_seed(step)
        images = torch.randn(4, 3, 2, 2, generator=generator, dtype=torch.float64)
        labels = torch.randint(5, (4,), generator=generator)
        size = 10.0 ** (step % 4 - 2)
        self.model.zero_grad()
        (nn.functional.cross_entropy(self.model(images), labels) * size).backward()
        return ({n: p.grad.float() for n, p in self.model.named_parameters()},
                {n: b.float() for n, b in self.model.named_buffers()})

    def update(self, step, gradients, buffers):
        """The norm of the gradients."""
        for name, p in self.model.named_parameters():
            frozen = "freeze" in self.words and step > FREEZE.get(name, STEPS)
            p.grad = None if frozen else gradients[name].to(p.dtype, copy=True)
        for name, b in self.model.named_buffers():
            b.copy_(buffers[name])
        norm = torch.nn.utils.get_total_norm([p.grad for p in self.model.parameters() if p.grad is not None])
        if "clip" in self.words:
            torch.nn.utils.clip_grad_norm_(self.model.parameters(), CLIP)
        groups = [group for optimiser in self.optimisers for group in optimiser.param_groups]
        for group, rate in zip(groups, self.rates):
            group["lr"] = rate * lr_factor(step)
        for optimiser in self.optimisers:
            optimiser.step()
        for lookahead in self.lookahead:
            lookahead.follow(step)
        self.average.update_parameters(self.model)
        return norm.item()

    def state(self):
        """{(what, name): tensor}"""
        shown = {("value", n): t.clone() for n, t in self.model.state_dict().items()}
        if "ema" in self.words:
            shown.update({("average", n): t.clone() for n, t in self.average.module.state_dict().items()})
        return shown


def run_torch(start, optimiser, words, arrays):
    """States at the steps shown, in float64 and float32; fills the arrays for castnet."""
    double, single = (Replay(start, t, optimiser, words) for t in (torch.float64, torch.float32))
    states, clipped = {}, 0
    for name, p in [*start.named_parameters(), *start.named_buffers()]:
        arrays[f"start/{name}"] = p.float()
    arrays["shown"] = SHOWN
    arrays["lr"] = [double.rates[0] * lr_factor(step) for step in range(1, STEPS + 1)]
    for step in range(1, STEPS + 1):
        gradients, buffers = double.differentiate(step)
        arrays.update({f"{step}/gradient/{n}": g for n, g in gradients.items()})
        arrays.update({f"{step}/value/{n}": b for n, b in buffers.items()})
        clipped += double.update(step, gradients, buffers) > CLIP
        single.update(step, gradients, buffers)
        if step in SHOWN:
            states[step] = double.state(), single.state()
    assert "clip" not in words or 0 < clipped < STEPS, "all steps clip, or none"
    return states


# --- castnet ------------------------------------------------------------------------------------

def run(*command):
    done = subprocess.run([str(c) for c in command], cwd=ROOT, capture_output=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]}: {done.stderr.decode(errors='replace')[-2000:]}")
    return done.stdout.decode()


def groups_of(name, words):
    if "muon" in OPTIMISERS[name][0]:
        base = float(OPTIMISERS[name][0].split("lr = ")[1].split(",")[0])
        momentum = 0.6 if name == "airbench" else 0.95
        return (', groups = { net.group { parameters = { "*.bias", "bn.*" }, '
                f"optimizer = net.sgd {{ lr = {2 * base}, momentum = {momentum}, nesterov = true }} }} }}")
    if "groups" not in words:
        return ""
    momentum = "" if name in ("sgd", "rmsprop") else ", momentum_factor = 0.5"
    return (f', groups = {{ net.group {{ parameters = {{ "bn.*", "b.bias" }}, lr_factor = 4, weight_decay_factor = 0.5{momentum} }}, '
            'net.group { parameters = { "fc*" }, optimizer = net.sgd { lr = 0.03, momentum = 0.8 } } }')


def spec_of(name, words):
    extra = (f", clip_norm = {CLIP}" if "clip" in words else "") + (f", ema_decay = {DECAY}" if "ema" in words else "")
    for word, (every, alpha, power) in LOOKAHEAD.items():
        if word in words:
            extra += f", lookahead = net.lookahead {{ every = {every}, alpha = {alpha}, power = {power} }}"
    decays = "decay" in words and "weight_decay" in OPTIMISERS[name][0]
    text = OPTIMISERS[name][0] % (', decay = "weights"' if decays else "")
    later = ", ".join(f'["{parameter}"] = {steps}' for parameter, steps in FREEZE.items())
    freezing = f"\n  freeze_after = {{ {later} }}," if "freeze" in words else ""
    return SPEC.format(optimizer=text, words=extra + groups_of(name, words), freezing=freezing)


def run_castnet(folder, optimiser, words, arrays):
    """{(step, what, name): values}"""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "words.lua").write_text(spec_of(optimiser, words))
    vectors.write(folder / "arrays", arrays)
    run("gen/castnet", folder / "words.lua", "-o", folder / "model", "--target", "portable")
    run(os.environ.get("CC", "cc"), "-std=c11", "-O1", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-ffp-contract=off",
        "-I", folder / "model/runtime", "-I", "runtime", "-I", "tests/reference", "-o", folder / "update",
        "tests/torch/update.c", "tests/generated/tensors.c", "tests/generated/run.c", "tests/reference/vectors.c",
        *glob.glob(f"{folder}/model/*.c"), "-lm")
    shown = {}
    for line in run(folder / "update", folder / "arrays").splitlines():
        step, what, name, *values = line.split()
        shown[int(step), what, name] = torch.tensor([float(v) for v in values], dtype=torch.float64)
    return shown


# --- comparison ---------------------------------------------------------------------------------

def compare(case, states, ours):
    worst, where, wrong, compared = 0.0, "", [], 0
    for step, (double, single) in states.items():
        for (what, name), truth in double.items():
            compared += 1
            found, truth = ours[step, what, name], truth.double().reshape(-1)
            allowed = max((single[what, name].double().reshape(-1) - truth).norm().item(), FLOOR * truth.norm().item())
            error = (found - truth).norm().item()
            if not (found.equal(truth) if "tracked" in name else error <= RATIO * allowed):
                wrong.append(f"    step {step}, {what} of {name}: off by {error:.3g} of {truth.norm():.3g}, "
                             f"PyTorch by {allowed:.3g}")
            if error > worst * allowed:
                worst, where = error / allowed, f"step {step}, {what} of {name}"
    check(not wrong and compared == len(ours),
          f"{case}: {compared} tensors, at most {worst:.2f} times PyTorch's error ({where})")
    print("".join(line + "\n" for line in wrong), end="")


def main():
    torch.manual_seed(3)
    start = Net()
    nn.init.uniform_(start.bn.weight, 0.5, 1.5)
    nn.init.normal_(start.bn.bias, 0, 0.2)
    cases = [(name, words) for name in OPTIMISERS for words in WORDS[name]]
    for optimiser, words in cases:
        case, arrays = " ".join([optimiser, *sorted(words)]), {}
        if len(sys.argv) > 1 and sys.argv[1] not in case:
            continue
        states = run_torch(start, optimiser, words, arrays)
        compare(case, states, run_castnet(SCRATCH / case.replace(" ", "-"), optimiser, words, arrays))
    print(f"{counts[True]} passed, {counts[False]} failed")
    sys.exit(1 if counts[False] or not counts[True] else 0)


if __name__ == "__main__":
    main()
