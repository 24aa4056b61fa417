"""Writes the .pth files that tests/gen/test_convert.lua reads, with what each holds beside it.

    pth_vectors.py [FOLDER]        (default: tests/vectors/pth)

NAME.pth is what torch.save wrote, NAME.safetensors what castnet convert must make of it, byte for
byte: values as float32 or int64, in the order and layout of gen/convert/safetensors.lua. Made with
PyTorch 2.13; the files in the repository are from one run, as storage keys of the old format are
addresses and differ from run to run.
"""
import collections
import json
import pathlib
import struct
import sys

import torch


def values(count, seed):
    """Reproducible values that float16 and bfloat16 hold only after rounding."""
    return torch.randn(count, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def special():
    """Zero, subnormal, largest and not finite, in a type with few bits."""
    return torch.tensor([0.0, -0.0, 2.0 ** -24, -3 * 2.0 ** -24, 2.0 ** -14, 65504, float("inf"),
                         float("-inf"), 1 / 3, -1.5])


def small():
    return collections.OrderedDict(
        [("conv.weight", values(24, 1).reshape(2, 3, 2, 2).float()), ("bn.bias", values(2, 2).float()),
         ("bn.num_batches_tracked", torch.tensor(12345678901))])


def strided():
    base = values(60, 3).float()
    return {"transposed": base.reshape(6, 10).t(), "channels_last": base[:36].reshape(1, 4, 3, 3).to(
                memory_format=torch.channels_last),
            "every_third": base[1::3], "expanded": base[5].expand(2, 3), "scalar": base[7],
            "column": base.reshape(6, 10)[:, 4], "empty": base[:0].reshape(0, 3)}


def shared():
    base = values(10, 4).float()
    return {"whole": base, "again": base, "part": base[3:7], "parameter": torch.nn.Parameter(base[:2].clone())}


def checkpoint(key):
    optimizer = {"state": {0: {"step": torch.tensor(3.0), "mask": torch.ones(2, dtype=torch.bool)}},
                 "param_groups": [{"lr": 0.1, "betas": (0.9, 0.999), "params": [0, 1], "fused": None}]}
    return {"epoch": 300, "best": 93.5, "arch": "resnet18", "big": 1 << 70, "negative": -5, key: small(),
            "optimizer": optimizer}


CASES = {
    "small": small(),
    "half": {"w": values(9, 5).half().reshape(3, 3), "special": special().half()},
    "bfloat16": {"w": values(9, 6).bfloat16().reshape(3, 3), "special": special().bfloat16()},
    "double": {"w": values(300, 7).reshape(3, 100), "large": torch.tensor([1e300, -1e-300], dtype=torch.float64)},
    "strided": strided(),
    "shared": shared(),
    "state_dict": checkpoint("state_dict"),
    "model": checkpoint("model"),
}


def expected(tensors):
    """The safetensors file, without the help of a library: int64 first, then float32."""
    arrays = {}
    for name, tensor in tensors.items():
        tensor = tensor.detach()
        tensor = tensor if tensor.dtype == torch.int64 else tensor.float()
        arrays[name] = tensor.contiguous().numpy()
    body, header = b"", {"__metadata__": {"format": "pt"}}
    places = {}
    for size in (8, 4):
        for name, array in arrays.items():
            if array.itemsize == size:
                places[name] = [len(body), len(body) + array.nbytes]
                body += array.tobytes()
    for name, array in arrays.items():
        header[name] = {"dtype": "I64" if array.itemsize == 8 else "F32", "shape": list(array.shape),
                        "data_offsets": places[name]}
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + body


def main():
    if len(sys.argv) > 2:
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) == 2 else pathlib.Path(__file__).parents[1] / "vectors/pth")
    folder.mkdir(parents=True, exist_ok=True)
    for name, case in CASES.items():
        torch.save(case, folder / f"{name}.pth")
        torch.save(case, folder / f"{name}_legacy.pth", _use_new_zipfile_serialization=False)
        (folder / f"{name}.safetensors").write_bytes(expected(case.get(name, case)))
    torch.save(small(), folder / "protocol4.pth", pickle_protocol=4)
    torch.save(small(), folder / "protocol4_legacy.pth", pickle_protocol=4, _use_new_zipfile_serialization=False)
    (folder / "protocol4.safetensors").write_bytes(expected(small()))


if __name__ == "__main__":
    main()
