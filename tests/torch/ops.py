"""Every op forward and backward, and every optimiser, as PyTorch computes them in float64.

    ops.py [FILE]       writes tests/vectors/ops.bin, which tests/reference/test_vectors.c reads

Cases are numbered: "conv/0/args", "conv/0/x", ... A gradient is called d_NAME.
"""
import sys

import torch
from torch import nn

import vectors

torch.manual_seed(1)
torch.set_default_dtype(torch.float64)
arrays = {}
counts = {}


def record(op, args, tensors):
    case = f"{op}/{counts.get(op, 0)}"
    counts[op] = counts.get(op, 0) + 1
    arrays[f"{case}/args"] = [float(a) for a in args]
    for name, tensor in tensors.items():
        if tensor is not None:
            arrays[f"{case}/{name}"] = tensor


def differentiate(op, args, function, more=None, **inputs):
    """Records function(**inputs) and the gradients of its dot product with a random d_y."""
    leaves = {k: v.clone().requires_grad_() for k, v in inputs.items() if v is not None}
    y = function(**leaves)
    d_y = torch.randn(y.shape)
    (y * d_y).sum().backward()
    gradients = {f"d_{k}": v.grad for k, v in leaves.items()}
    record(op, args, {**inputs, "y": y, "d_y": d_y, **gradients, **(more() if more else {})})


def conv(n, c, h, w, out, kernel, stride=(1, 1), padding=(0, 0), groups=1, bias=True, dilation=(1, 1), extra=(0, 0)):
    """extra: further rows and columns of padding, below and to the right."""
    def function(x, weight, bias=None):
        x = nn.functional.pad(x, (0, extra[1], 0, extra[0]))
        return nn.functional.conv2d(x, weight, bias, stride, padding, dilation, groups)
    differentiate(
        "conv", [n, c, h, w, out, *kernel, *stride, *padding, groups, *dilation, *extra], function,
        x=torch.randn(n, c, h, w), weight=torch.randn(out, c // groups, *kernel),
        bias=torch.randn(out) if bias else None)


def bn(n, c, h, w, eps=1e-5, momentum=0.1, affine=True):
    mean, var = torch.randn(c), torch.rand(c) + 0.5
    moved_mean, moved_var = mean.clone(), var.clone()
    x = torch.randn(n, c, h, w) * 2 + 1
    weight, bias = (torch.randn(c), torch.randn(c)) if affine else (None, None)

    def more():
        return {"running_mean": mean, "running_var": var, "moved_mean": moved_mean, "moved_var": moved_var,
                "evaluated": nn.functional.batch_norm(x, mean, var, weight, bias, False, momentum, eps)}
    differentiate(
        "bn", [n, c, h, w, eps, momentum],
        lambda x, weight=None, bias=None: nn.functional.batch_norm(
            x, moved_mean, moved_var, weight, bias, True, momentum, eps),
        more, x=x, weight=weight, bias=bias)


def pools(n, c, h, w, kernel, stride, padding, ceil=False):
    args = [n, c, h, w, *kernel, *stride, *padding, ceil]
    x = torch.randint(-9, 2, (n, c, h, w)).double()  # ties, and planes without a positive value
    differentiate("max_pool", args, lambda x: nn.functional.max_pool2d(x, kernel, stride, padding, 1, ceil), x=x)
    x = torch.randn(n, c, h, w)
    differentiate("avg_pool", args, lambda x: nn.functional.avg_pool2d(x, kernel, stride, padding, ceil), x=x)


def functions():
    """Those of one value but relu, with their kinks and far from 0."""
    x = torch.cat((torch.randn(60) * 3, torch.tensor([0.0, 6.0, -6.0, 30.0, -30.0, 7.5])))
    for op, number, function in (
            ("relu6", 0, nn.functional.relu6), ("leaky_relu", 0.2, lambda input: nn.functional.leaky_relu(input, 0.2)),
            ("sigmoid", 0, torch.sigmoid), ("silu", 0, nn.functional.silu), ("gelu", 0, nn.functional.gelu),
            ("gelu_tanh", 0, lambda input: nn.functional.gelu(input, approximate="tanh")),
            ("scale", -1.3, lambda input: input * -1.3)):
        differentiate(op, [len(x), number], function, input=x)


def cross_entropy(n, classes, smoothing, soft, weighted=False):
    """With weights, targets are given to PyTorch as numbers of classes."""
    labels = torch.randint(classes, (n,))
    targets = nn.functional.one_hot(labels, classes).double()
    weights = torch.rand(classes) * 3 + 0.1 if weighted else None
    if soft:
        targets = torch.softmax(torch.randn(n, classes), 1).float().double()
    logits = (torch.randn(n, classes) * 3).requires_grad_()
    loss = nn.functional.cross_entropy(logits, labels if weighted else targets, weights, label_smoothing=smoothing)
    loss.backward()
    record("cross_entropy", [n, classes, smoothing],
           {"targets": targets.float(), "weights": weights, "logits": logits, "loss": loss, "d_logits": logits.grad})


def optimiser(op, make, args, steps=5, count=20):
    parameter = torch.randn(count).requires_grad_()
    begin = parameter.detach().clone()
    optimiser = make([parameter])
    gradients, path = [], []
    for _ in range(steps):
        parameter.grad = torch.randn(count) * (torch.rand(count) < 0.8)  # some are 0, as dead taps' are
        parameter.grad[0] = 0
        gradients.append(parameter.grad.clone())
        optimiser.step()
        path.append(parameter.detach().clone())
    record(op, [steps, *args], {"begin": begin, "gradients": torch.stack(gradients), "path": torch.stack(path)})


def sgd(lr, momentum=0.0, dampening=0.0, weight_decay=0.0, nesterov=False):
    optimiser("sgd", lambda p: torch.optim.SGD(p, lr, momentum, dampening, weight_decay, nesterov),
              [lr, momentum, dampening, weight_decay, nesterov])


def adam(op, kind, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
    optimiser(op, lambda p: kind(p, lr, betas, eps, weight_decay), [lr, *betas, eps, weight_decay])


def main():
    conv(2, 3, 5, 6, 4, (3, 3), padding=(1, 1), bias=False)
    conv(1, 2, 9, 7, 3, (7, 7), (2, 2), (3, 3))
    conv(3, 4, 4, 4, 6, (1, 1), (2, 2))
    conv(2, 6, 5, 5, 4, (3, 2), (1, 2), (2, 1), groups=2)
    conv(2, 5, 3, 3, 5, (3, 3), (1, 1), (1, 1), groups=5)
    conv(2, 3, 1, 1, 4, (3, 3), (1, 1), (1, 1))
    conv(2, 2, 2, 2, 3, (5, 5), (2, 2), (2, 2), bias=False)
    conv(1, 1, 6, 1, 1, (2, 1), (3, 1))
    bn(4, 3, 3, 2)
    bn(2, 5, 1, 1)
    bn(1, 2, 1, 3, eps=1e-3, momentum=0.3)
    x = torch.randn(40)
    x[::5] = 0
    differentiate("relu", [40, 0], torch.relu, input=x)
    differentiate("add", [12], torch.add, input=torch.randn(12), other=torch.randn(12))
    pools(2, 3, 7, 6, (3, 3), (2, 2), (1, 1))
    pools(1, 2, 5, 5, (2, 2), (2, 2), (0, 0))
    pools(2, 2, 4, 7, (3, 2), (1, 3), (1, 0))
    pools(1, 1, 3, 3, (3, 3), (1, 1), (1, 1))
    differentiate("mean_pool", [2, 3, 4, 5], lambda x: nn.functional.adaptive_avg_pool2d(x, 1),
                  x=torch.randn(2, 3, 4, 5))
    for bias in (True, False):
        differentiate("linear", [4, 6, 3], nn.functional.linear, input=torch.randn(4, 6),
                      weight=torch.randn(3, 6), bias=torch.randn(3) if bias else None)
    cross_entropy(4, 10, 0.0, soft=False)
    cross_entropy(1, 2, 0.0, soft=True)
    cross_entropy(3, 5, 0.1, soft=False)
    cross_entropy(3, 5, 0.2, soft=True)
    sgd(0.1)
    sgd(0.1, weight_decay=0.1)
    sgd(0.1, momentum=0.9)
    sgd(0.1, momentum=0.9, dampening=0.3, weight_decay=0.05)
    sgd(0.1, momentum=0.9, weight_decay=0.05, nesterov=True)
    adam("adam", torch.optim.Adam)
    adam("adam", torch.optim.Adam, 0.01, (0.8, 0.95), 1e-4, 0.1)
    adam("adamw", torch.optim.AdamW)
    adam("adamw", torch.optim.AdamW, 0.01, (0.8, 0.95), 1e-4, 0.1)
    functions()
    for shape, is_factor in ((2, 3, 4, 5), 0), ((2, 3, 1, 1), 1):
        differentiate("mul", [2, 3, 4, 5, is_factor], torch.mul, input=torch.randn(2, 3, 4, 5), other=torch.randn(shape))
    differentiate("concat", [2, 3, 4, 5, 1, 6], lambda a, b, c: torch.cat((a, b, c), 1),
                  a=torch.randn(2, 3, 4, 5), b=torch.randn(2, 1, 4, 5), c=torch.randn(2, 6, 4, 5))
    conv(2, 3, 7, 8, 4, (3, 2), (1, 2), (2, 1), dilation=(2, 3))
    conv(2, 2, 5, 5, 3, (3, 3), (2, 1), (0, 1), extra=(1, 2))
    conv(1, 4, 6, 6, 4, (2, 2), (1, 1), (0, 0), groups=2, dilation=(3, 1), extra=(3, 1))
    conv(2, 2, 6, 5, 3, (4, 3), (1, 1), (1, 1), extra=(1, 0))
    pools(2, 2, 6, 7, (3, 3), (2, 2), (0, 0), True)
    pools(1, 2, 5, 8, (2, 3), (3, 2), (1, 1), True)
    pools(2, 1, 4, 4, (3, 2), (3, 3), (1, 1), True)
    pools(1, 1, 2, 3, (2, 2), (2, 2), (1, 1), True)
    for h, w, size in (7, 6, (3, 2)), (5, 4, (1, 1)), (4, 5, (7, 3)), (1, 9, (2, 4)):
        x = torch.randn(2, 3, h, w)
        differentiate("adaptive_avg_pool", [2, 3, h, w, *size], lambda x: nn.functional.adaptive_avg_pool2d(x, size), x=x)
        x = torch.randint(-9, 2, (2, 3, h, w)).double()
        differentiate("adaptive_max_pool", [2, 3, h, w, *size], lambda x: nn.functional.adaptive_max_pool2d(x, size), x=x)
    for h, w, before, after, stride in (4, 6, 2, 3, (2, 2)), (5, 3, 0, 4, (1, 1)), (5, 4, 1, 0, (2, 3)):
        differentiate("pad_channels", [2, 3, h, w, before, after, *stride],
                      lambda x: nn.functional.pad(x[:, :, ::stride[0], ::stride[1]], (0, 0, 0, 0, before, after)),
                      x=torch.randn(2, 3, h, w))
    bn(3, 4, 2, 5, affine=False)
    for n, c, h, w, groups, eps, affine in (
            (2, 6, 3, 4, 3, 1e-5, True), (1, 4, 5, 2, 1, 1e-3, True), (3, 5, 2, 2, 5, 1e-5, False), (2, 8, 1, 1, 2, 1e-5, True)):
        differentiate(
            "group_norm", [n, c, h, w, groups, eps],
            lambda x, weight=None, bias=None: nn.functional.group_norm(x, groups, weight, bias, eps),
            x=torch.randn(n, c, h, w) * 2 + 1, weight=torch.randn(c) if affine else None, bias=torch.randn(c) if affine else None)
    for n, classes, smoothing in (5, 3, 0), (1, 4, 0), (7, 6, 0.1), (4, 2, 1):
        cross_entropy(n, classes, smoothing, False, weighted=True)
    vectors.write(sys.argv[1] if len(sys.argv) > 1 else "tests/vectors/ops.bin", arrays)


if __name__ == "__main__":
    main()
