"""Writes tests/vectors/augment.h: borders that reflect, and mixup, as PyTorch computes them, and what
torchvision does to images of Pillow's, for tests/runtime/test_augment.c, test_colors.c and test_mix.c.

    augment.py >tests/vectors/augment.h

Needs torchvision and Pillow. Results of many bytes stand there as their CRC-32.
"""
import itertools
import sys
import types
import zlib

import numpy
import torch
from PIL import Image
from torch.nn import functional

# Only that part is left out which needs its compiled operators.
sys.modules["torchvision._meta_registrations"] = types.ModuleType("torchvision._meta_registrations")
import torchvision  # noqa: E402
from torchvision.transforms import autoaugment, transforms, v2  # noqa: E402
from torchvision.transforms import functional as colors  # noqa: E402

SIDE, CLASSES, ONE = 32, 10, 65536
PADDINGS = [1, 4, 31]
LAMBDAS = [0, 1, 9999, 32768, 52429, 65535, 65536]


def reflect():
    """The places that a row of 32 shows with a border of 1, 4 and 31 pixels."""
    row = torch.arange(SIDE, dtype=torch.float32).view(1, 1, SIDE)
    return [functional.pad(row, (p, p), mode="reflect").flatten().long().tolist() for p in PADDINGS]


def mixup(number, weight):
    """One pair of labels: the loss of the authors' mixup_criterion, and sixteen mixed bytes."""
    torch.manual_seed(number)
    mixed = weight / ONE
    logits = torch.randn(1, CLASSES, dtype=torch.float64)
    labels = torch.randint(CLASSES, (2, 1))
    loss = (mixed * functional.cross_entropy(logits, labels[0])
            + (1 - mixed) * functional.cross_entropy(logits, labels[1]))
    pixels = torch.randint(256, (2, 16)).double()
    bytes_ = torch.floor(mixed * pixels[0] + (1 - mixed) * pixels[1] + 0.5)
    numbers = [logits.flatten().tolist(), labels.flatten().tolist(), pixels.long().tolist(),
               bytes_.long().tolist()]
    text = [str(part).replace("[", "{").replace("]", "}") for part in numbers]
    return f"    {{{weight}, {text[0]},\n     {text[1]}, {loss.item()!r},\n     {text[2]},\n     {text[3]}}},"


def pattern():
    """[3, 32, 32], as tests/runtime/augment_pattern.h has it."""
    k = numpy.arange(3 * SIDE * SIDE, dtype=numpy.uint64)
    x, y, channel = k % SIDE, k // SIDE % SIDE, k // (SIDE * SIDE)
    noise = (k * 2654435761 % 2**32 >> 26) & 31
    values = 20 + 2 * x + 2 * y + 17 * channel + noise * (y // 16 + 1)
    return values.astype(numpy.uint8).reshape(3, SIDE, SIDE)


def picture():
    return Image.fromarray(numpy.ascontiguousarray(pattern().transpose(1, 2, 0)))


def planes(image):
    return numpy.ascontiguousarray(numpy.asarray(image).transpose(2, 0, 1)).tobytes()


def trivial():
    """Of each operation of TrivialAugmentWide and each level the checksum of both signs' images."""
    space = autoaugment.TrivialAugmentWide()._augmentation_space(31)
    for name, (magnitudes, signed) in space.items():
        sums = []
        for level in range(31):
            both = b""
            for sign in (1, -1):
                magnitude = float(magnitudes[level]) if magnitudes.ndim else 0.0
                both += planes(autoaugment._apply_op(picture(), name, magnitude * (sign if signed else 1),
                                                     transforms.InterpolationMode.NEAREST, None))
            sums.append(zlib.crc32(both))
        yield f"    {{{', '.join(f'{value}U' for value in sums)}}}, /* {name} */"


def jitter():
    """ColorJitter in each of the 24 orders, with factors that it may draw."""
    change = [colors.adjust_brightness, colors.adjust_contrast, colors.adjust_saturation, colors.adjust_hue]
    draw = numpy.random.default_rng(5)
    for order in itertools.permutations(range(4)):
        by = [*draw.uniform(0, 2.5, 3).tolist(), float(draw.uniform(-0.5, 0.5))]
        image = picture()
        for which in order:
            image = change[which](image, by[which])
        yield f"    {{{{{', '.join(map(str, order))}}}, {{{', '.join(map(repr, by))}}}, {zlib.crc32(planes(image))}U}},"


class Draws:
    """Stands in for torch where torchvision draws: gives what it was given, and leaves the rest to torch."""

    def __init__(self, values):
        self.values = iter(values)

    def __getattr__(self, name):
        return getattr(torch, name)

    def empty(self, *_):
        return self

    def uniform_(self, *_):
        return self

    def item(self):
        return next(self.values)

    def exp(self, _):
        return self

    def randint(self, *_, **__):
        return torch.tensor([next(self.values)])


def erasing():
    """RandomErasing's height and width for a part of the area and a ratio; 0, 0: it draws again."""
    draw, module = numpy.random.default_rng(6), transforms.torch
    for number in range(60):
        part = float(draw.uniform(0.02, 0.33 if number < 40 else 1))
        ratio = float(numpy.exp(draw.uniform(-1.2, 1.2)))
        transforms.torch = Draws([part, ratio] + [1.0] * 20)
        _, _, height, width, _ = transforms.RandomErasing.get_params(torch.zeros(3, SIDE, SIDE), (0, 1), (1, 1), [0.0])
        transforms.torch = module
        fits = height < SIDE and width < SIDE
        yield f"    {{{part!r}, {ratio!r}, {height if fits else 0}, {width if fits else 0}}},"


def cutmix():
    """Rectangles of v2.CutMix, and the checksum of an image and its negative after it."""
    draw, module = numpy.random.default_rng(7), v2._augment.torch
    images = torch.from_numpy(numpy.stack([pattern(), 255 - pattern()]))
    transform = v2.CutMix(num_classes=CLASSES)
    for number in range(40):
        mixed, row, column = [0.0, 1.0][number] if number < 2 else float(draw.uniform()), *draw.integers(SIDE, size=2).tolist()
        transform._dist = types.SimpleNamespace(sample=lambda _, mixed=mixed: mixed)
        v2._augment.torch = Draws([column, row])
        parameters = transform.make_params([images])
        v2._augment.torch = module
        left, top, right, bottom = parameters["box"]
        result = transform.transform(images, {**parameters, "batch_size": 2, "labels": None})
        yield (f"    {{{mixed!r}, {row}, {column}, {{{top}, {left}, {bottom}, {right}}}, {parameters['lam_adjusted']!r}, "
               f"{zlib.crc32(result.numpy().tobytes())}U}},")


def table(kind, name, members, rows):
    print(f"\nstatic const {kind} {{\n{members}}} {name}[] = {{" if members else f"\nstatic const {kind} {name} = {{")
    for row in rows:
        print(row)
    print("};")


def main():
    versions = [f"{module.__name__} {module.__version__.split('+')[0]}" for module in (torch, torchvision)]
    print(f"/* Written by tests/torch/augment.py with {' and '.join(versions)}; not edited by\n * hand. */")
    print("#include <stdint.h>\n")
    print("/* clang-format off */")
    print(f"static const struct reflection {{\n    int padding, place[{3 * SIDE}];\n}} reflections[] = {{")
    for padding, places in zip(PADDINGS, reflect()):
        print(f"    {{{padding}, {{{', '.join(map(str, places))}}}}},")
    print("};\n")
    print("static const struct mixture {\n    int lambda; /* in parts of 65536 */\n"
          f"    double logits[{CLASSES}];\n    int labels[2];\n    double loss;\n"
          "    unsigned char pixels[2][16], mixed[16];\n} mixtures[] = {")
    for number, weight in enumerate(LAMBDAS):
        print(mixup(number, weight))
    print("};")
    table("uint32_t", "trivial_sums[14][31]", "", trivial())
    table("struct jitters", "jitters", "    int order[4];\n    double by[4];\n    uint32_t sum;\n", jitter())
    table("struct erasure", "erasures", "    double part, ratio;\n    int height, width;\n", erasing())
    table("struct cut", "cuts", "    double lambda;\n    int row, column;\n    int box[4]; /* top, left, bottom, right */\n"
          "    double own;\n    uint32_t sum;\n", cutmix())


if __name__ == "__main__":
    main()
