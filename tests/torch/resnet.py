"""torchvision's ResNet-18 and the two CIFAR variants that castnet ships, in plain PyTorch.

Kept apart from torchvision so that tests need nothing but torch. Parameter names, their order
and the initialisation are torchvision's.
"""
from torch import nn


class Basic(nn.Module):
    def __init__(self, inp, out, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inp, out, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(out)
        self.relu = nn.ReLU(inplace=True)
        self.conv2 = nn.Conv2d(out, out, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(out)
        self.downsample = None
        if stride != 1 or inp != out:
            self.downsample = nn.Sequential(
                nn.Conv2d(inp, out, 1, stride, bias=False), nn.BatchNorm2d(out))

    def forward(self, x):
        short = x if self.downsample is None else self.downsample(x)
        y = self.relu(self.bn1(self.conv1(x)))
        return self.relu(self.bn2(self.conv2(y)) + short)


class ResNet(nn.Module):
    """stem: "imagenet" (7x7 stride 2, then 3x3 max-pool) or "cifar" (3x3 stride 1)."""

    def __init__(self, stem, widths, blocks, classes=10):
        super().__init__()
        if stem == "imagenet":
            self.conv1 = nn.Conv2d(3, widths[0], 7, 2, 3, bias=False)
        else:
            self.conv1 = nn.Conv2d(3, widths[0], 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(widths[0])
        self.relu = nn.ReLU(inplace=True)
        self.maxpool = nn.MaxPool2d(3, 2, 1) if stem == "imagenet" else nn.Identity()
        inp = widths[0]
        self.stages = len(widths)
        for stage, width in enumerate(widths):
            layers = []
            for i in range(blocks):
                layers.append(Basic(inp, width, 2 if stage > 0 and i == 0 else 1))
                inp = width
            setattr(self, f"layer{stage + 1}", nn.Sequential(*layers))
        self.fc = nn.Linear(inp, classes)
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.kaiming_normal_(m.weight, mode="fan_out", nonlinearity="relu")

    def forward(self, x):
        x = self.maxpool(self.relu(self.bn1(self.conv1(x))))
        for stage in range(self.stages):
            x = getattr(self, f"layer{stage + 1}")(x)
        return self.fc(x.mean((2, 3)))


def make(name):
    if name == "resnet18":
        return ResNet("imagenet", [64, 128, 256, 512], 2)
    if name == "resnet18_cifar":
        return ResNet("cifar", [64, 128, 256, 512], 2)
    if name == "resnet8_tiny":
        return ResNet("cifar", [8, 16, 32], 1)
    raise SystemExit(f"no such model: {name}")
