"""Even kernels, whose padding="same" has one more behind, and padding on single sides against PyTorch: losses of twenty
steps of the network of tests/specs/torch/even_kernels.lua, and all its tensors after them, by the rule of test_freeze.py.

    test_even_kernels.py
"""
import torch
from torch import nn
from torch.nn.functional import gelu, max_pool2d, pad

import test_freeze as steps

SPEC = "tests/specs/torch/even_kernels.lua"


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 24, 2)
        self.b = nn.Conv2d(24, 16, 2, padding="same", bias=False)
        self.c = nn.Conv2d(16, 32, (4, 3), padding="same", bias=False)
        self.bn = nn.BatchNorm2d(32, momentum=0.4)
        self.bn.weight.requires_grad_(False)
        self.d = nn.Conv2d(32, 32, 2, groups=2, bias=False)
        self.e = nn.Conv2d(32, 32, 4, stride=2, bias=False)
        self.f = nn.Conv2d(32, 8, 2, padding="same", dilation=3, bias=False)
        self.fc = nn.Linear(8, 10, bias=False)

    def forward(self, x):
        x = max_pool2d(self.b(gelu(self.a(x))), 2)
        x = gelu(self.bn(self.c(x)))
        x = max_pool2d(self.e(pad(self.d(pad(x, (1, 0, 1, 0))), (0, 1, 0, 3))), 2)
        return self.fc(self.f(x).amax((2, 3))) / 9


def main():
    torch.manual_seed(4)
    start = Net()
    batches = steps.make_batches()
    single, double = (steps.run_torch(start, t, "sgd", [], batches) for t in (torch.float32, torch.float64))
    ours = steps.run_castnet(steps.SCRATCH.parent / "even_kernels", SPEC, start, [], batches)
    steps.compare_losses("even kernels", ours[0], single[0], double[0])
    steps.compare_tensors("even kernels", ["bn.weight"], start.state_dict(), ours[1], single[1], double[1])
    steps.finish()


main()
