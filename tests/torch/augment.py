"""Writes tests/vectors/augment.h: borders that reflect, and mixup, as PyTorch computes them, for
tests/runtime/test_augment.c and test_mixup.c.

    augment.py >tests/vectors/augment.h
"""
import torch
from torch.nn import functional

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


def main():
    print("/* Written by tests/torch/augment.py with PyTorch "
          f"{torch.__version__.split('+')[0]}; not edited by hand. */")
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


if __name__ == "__main__":
    main()
