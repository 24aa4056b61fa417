"""Networks as their PyTorch versions are usually written, with the same names of parameters: ResNet-20 with option A,
Wide ResNet-16-4, DenseNet-BC-40, MobileNetV2 for CIFAR, SE-ResNet-20, VGG-11 with batch norm, ResNet-9, ResNet-50 for
CIFAR. Each is a spec of its name in gen/specs or tests/specs."""
import torch
from torch import nn
from torch.nn import functional as F


def conv(inp, out, kernel, stride=1, groups=1):
    return nn.Conv2d(inp, out, kernel, stride, kernel // 2, groups=groups, bias=False)


def stages(make, inp, widths, depth, name):
    """{name}1, ... of `depth` blocks each; of all but the first the first block has stride 2."""
    modules = {}
    for stage, width in enumerate(widths):
        blocks = []
        for i in range(depth):
            blocks.append(make(inp, width, 2 if stage > 0 and i == 0 else 1))
            inp = width
        modules[f"{name}{stage + 1}"] = nn.Sequential(*blocks)
    return modules


class Basic(nn.Module):
    """shortcut: "A" or a convolution; with squeeze-and-excite or not."""

    def __init__(self, inp, out, stride, shortcut="A", excites=False):
        super().__init__()
        self.conv1, self.bn1 = conv(inp, out, 3, stride), nn.BatchNorm2d(out)
        self.conv2, self.bn2 = conv(out, out, 3), nn.BatchNorm2d(out)
        self.se = SE(out) if excites else nn.Identity()
        self.downsample = nn.Sequential()
        if shortcut != "A" and inp != out:
            self.downsample = nn.Sequential(conv(inp, out, 1, stride), nn.BatchNorm2d(out))
        self.pads = out // 4 if shortcut == "A" and stride > 1 else 0

    def forward(self, x):
        y = self.se(self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x))))))
        if self.pads:
            x = F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, self.pads, self.pads))
        return F.relu(y + self.downsample(x))


class SE(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.fc = nn.Sequential(nn.Linear(channels, channels // 16, bias=False), nn.ReLU(),
                                nn.Linear(channels // 16, channels, bias=False), nn.Sigmoid())

    def forward(self, x):
        return x * self.fc(x.mean((2, 3)))[:, :, None, None]


class ResNet20(nn.Module):
    def __init__(self, head, block):
        super().__init__()
        self.conv1, self.bn1 = conv(3, 16, 3), nn.BatchNorm2d(16)
        self.head = head
        for name, stage in stages(block, 16, [16, 32, 64], 3, "layer").items():
            setattr(self, name, stage)
        setattr(self, head, nn.Linear(64, 10))

    def forward(self, x):
        x = self.layer3(self.layer2(self.layer1(F.relu(self.bn1(self.conv1(x))))))
        return getattr(self, self.head)(x.mean((2, 3)))


class WideBlock(nn.Module):
    def __init__(self, inp, out, stride):
        super().__init__()
        self.bn1, self.conv1 = nn.BatchNorm2d(inp), conv(inp, out, 3, stride)
        self.bn2, self.conv2 = nn.BatchNorm2d(out), conv(out, out, 3)
        self.convShortcut = conv(inp, out, 1, stride) if inp != out else None

    def forward(self, x):
        y = F.relu(self.bn1(x))
        short = x if self.convShortcut is None else self.convShortcut(y)
        return short + self.conv2(F.relu(self.bn2(self.conv1(y))))


class Stage(nn.Module):
    """Blocks under the name `layer`."""

    def __init__(self, blocks):
        super().__init__()
        self.layer = blocks

    def forward(self, x):
        return self.layer(x)


class WideResNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = conv(3, 16, 3)
        for name, stage in stages(WideBlock, 16, [64, 128, 256], 2, "block").items():
            setattr(self, name, Stage(stage))
        self.bn1, self.fc = nn.BatchNorm2d(256), nn.Linear(256, 10)

    def forward(self, x):
        x = self.block3(self.block2(self.block1(self.conv1(x))))
        return self.fc(F.avg_pool2d(F.relu(self.bn1(x)), 8).flatten(1))


class Bottleneck(nn.Module):
    def __init__(self, inp, growth):
        super().__init__()
        self.bn1, self.conv1 = nn.BatchNorm2d(inp), conv(inp, 4 * growth, 1)
        self.bn2, self.conv2 = nn.BatchNorm2d(4 * growth), conv(4 * growth, growth, 3)

    def forward(self, x):
        y = self.conv2(F.relu(self.bn2(self.conv1(F.relu(self.bn1(x))))))
        return torch.cat([x, y], 1)


class Transition(nn.Module):
    def __init__(self, inp):
        super().__init__()
        self.bn1, self.conv1 = nn.BatchNorm2d(inp), conv(inp, inp // 2, 1)

    def forward(self, x):
        return F.avg_pool2d(self.conv1(F.relu(self.bn1(x))), 2)


class DenseNet(nn.Module):
    def __init__(self, growth=12, depth=6):
        super().__init__()
        channels = 2 * growth
        self.conv1 = conv(3, channels, 3)
        for stage in 1, 2, 3:
            blocks = [Bottleneck(channels + i * growth, growth) for i in range(depth)]
            setattr(self, f"block{stage}", Stage(nn.Sequential(*blocks)))
            channels += depth * growth
            if stage < 3:
                setattr(self, f"trans{stage}", Transition(channels))
                channels //= 2
        self.bn1, self.fc = nn.BatchNorm2d(channels), nn.Linear(channels, 10)

    def forward(self, x):
        x = self.trans1(self.block1(self.conv1(x)))
        x = self.block3(self.trans2(self.block2(x)))
        return self.fc(F.avg_pool2d(F.relu(self.bn1(x)), 8).flatten(1))


def conv_bn_relu6(inp, out, kernel, stride=1, groups=1):
    return nn.Sequential(conv(inp, out, kernel, stride, groups), nn.BatchNorm2d(out), nn.ReLU6())


class Inverted(nn.Module):
    def __init__(self, inp, out, stride, expand):
        super().__init__()
        hidden = inp * expand
        layers = [conv_bn_relu6(inp, hidden, 1)] if expand > 1 else []
        self.conv = nn.Sequential(*layers, conv_bn_relu6(hidden, hidden, 3, stride, hidden), conv(hidden, out, 1),
                                  nn.BatchNorm2d(out))
        self.adds = stride == 1 and inp == out

    def forward(self, x):
        return x + self.conv(x) if self.adds else self.conv(x)


class MobileNetV2(nn.Module):
    def __init__(self):
        super().__init__()
        layers, inp = [conv_bn_relu6(3, 32, 3)], 32
        for expand, out, blocks, stride in ((1, 16, 1, 1), (6, 24, 2, 1), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1),
                                            (6, 160, 3, 2), (6, 320, 1, 1)):
            for i in range(blocks):
                layers.append(Inverted(inp, out, stride if i == 0 else 1, expand))
                inp = out
        self.features = nn.Sequential(*layers, conv_bn_relu6(320, 1280, 1))
        self.classifier = nn.Sequential(nn.Dropout(0), nn.Linear(1280, 10))

    def forward(self, x):
        return self.classifier(self.features(x).mean((2, 3)))


class VGG11(nn.Module):
    def __init__(self):
        super().__init__()
        layers, inp = [], 3
        for out in (64, "pool", 128, "pool", 256, 256, "pool", 512, 512, "pool", 512, 512, "pool"):
            if out == "pool":
                layers.append(nn.MaxPool2d(2))
            else:
                layers += [nn.Conv2d(inp, out, 3, 1, 1), nn.BatchNorm2d(out), nn.ReLU()]
                inp = out
        self.features, self.classifier = nn.Sequential(*layers), nn.Linear(512, 10)

    def forward(self, x):
        return self.classifier(self.features(x).flatten(1))


def conv_bn_relu(inp, out):
    return nn.Sequential(conv(inp, out, 3), nn.BatchNorm2d(out), nn.ReLU())


class ResNet9(nn.Module):
    def __init__(self):
        super().__init__()
        self.prep, self.conv1, self.conv2, self.conv3 = (conv_bn_relu(i, o) for i, o in ((3, 64), (64, 128), (128, 256), (256, 512)))
        self.res1, self.res3 = (nn.Sequential(conv_bn_relu(c, c), conv_bn_relu(c, c)) for c in (128, 512))
        self.fc = nn.Linear(512, 10)

    def forward(self, x):
        x = F.max_pool2d(self.conv1(self.prep(x)), 2)
        x = F.max_pool2d(self.conv2(x + self.res1(x)), 2)
        x = F.max_pool2d(self.conv3(x), 2)
        return self.fc(F.max_pool2d(x + self.res3(x), 4).flatten(1))


class Widening(nn.Module):
    """torchvision's bottleneck: 1x1 to `width` channels, 3x3, 1x1 to four times as many."""

    def __init__(self, inp, width, stride):
        super().__init__()
        out = 4 * width
        self.conv1, self.bn1 = conv(inp, width, 1), nn.BatchNorm2d(width)
        self.conv2, self.bn2 = conv(width, width, 3, stride), nn.BatchNorm2d(width)
        self.conv3, self.bn3 = conv(width, out, 1), nn.BatchNorm2d(out)
        self.downsample = None
        if stride != 1 or inp != out:
            self.downsample = nn.Sequential(conv(inp, out, 1, stride), nn.BatchNorm2d(out))

    def forward(self, x):
        y = F.relu(self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x))))))
        return F.relu(self.bn3(self.conv3(y)) + (x if self.downsample is None else self.downsample(x)))


class ResNet50(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.bn1 = conv(3, 64, 3), nn.BatchNorm2d(64)
        inp = 64
        for stage, (width, depth) in enumerate(((64, 3), (128, 4), (256, 6), (512, 3))):
            blocks = []
            for i in range(depth):
                blocks.append(Widening(inp, width, 2 if stage > 0 and i == 0 else 1))
                inp = 4 * width
            setattr(self, f"layer{stage + 1}", nn.Sequential(*blocks))
        self.fc = nn.Linear(2048, 10)

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(x)))
        for stage in (self.layer1, self.layer2, self.layer3, self.layer4):
            x = stage(x)
        return self.fc(x.mean((2, 3)))


# How to make one, images of a batch, and a seed for the weights: of the first ones, one with which no activation falls to
# the other side of a relu's kink by rounding. The more activations a network has, the fewer images leave such a seed.
NETWORKS = {
    "resnet20_cifar": (lambda: ResNet20("linear", Basic), 2, 23),
    "se_resnet20": (lambda: ResNet20("fc", lambda *a: Basic(*a, shortcut="B", excites=True)), 2, 15),
    "densenet_bc40": (DenseNet, 2, 2),
    "wide_resnet16_4": (WideResNet, 2, 7),
    "mobilenet_v2_cifar": (MobileNetV2, 2, 7),
    "vgg11_bn": (VGG11, 2, 1),
    "resnet9": (ResNet9, 2, 1),
    "resnet50_cifar": (ResNet50, 2, 1),
}
