"""Writes the .pth files that tests/gen/test_convert.lua reads, with what each holds beside it.

    pth_vectors.py [FOLDER]        (default: tests/vectors/pth)

NAME.pth is what torch.save wrote, NAME.safetensors what castnet convert must make of it, byte for
byte: floats as float32, all else as it is, in the order and layout of gen/convert/safetensors.lua. Made with
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


def inert():
    """What torch.load(weights_only=True) reads, between the tensors of a state_dict."""
    return {"size": torch.Size([2, 3]), "dtype": torch.float16, "device": torch.device("cuda", 0), "none": None, 0.5: "float",
            "counter": collections.Counter("castnet"), "set": {1, 2}, "bytes": b"abc", "bytearray": bytearray(b"abc"),
            "complex number": 1j, "layout": torch.strided, (1, 2): "tuple", float("nan"): 1, True: 2, "number": 3, "list": [1.5],
            "float8": torch.float8_e5m2, "complex": torch.zeros(2, dtype=torch.complex128),
            "quantised": torch.quantize_per_tensor(torch.ones(2), 0.5, 0, torch.qint8), "sparse": torch.eye(2).to_sparse()} | small()


def buffers():
    """Of every type that safetensors has."""
    return small() | {name: torch.tensor([0, 1, 2]).to(dtype) for name, (dtype, _) in TYPES.items()}


def attributes():
    tensor, parameter = values(4, 8).float(), torch.nn.Parameter(values(3, 9).float())
    tensor.note = parameter.note = "an attribute"
    return {"tensor": tensor, "parameter": parameter}


def several():
    other = {name: tensor + 1 for name, tensor in small().items()}
    return {"generator": other, "discriminator": small(), "more": [{"w": torch.ones(1)}], "scaler": {"scale": 2.0},
            "optimizer": {"state": {0: {"step": torch.tensor(3.0)}}, "param_groups": [{"lr": torch.tensor(0.1)}]}}


TYPES = {
    "bool": (torch.bool, "BOOL"), "int8": (torch.int8, "I8"), "uint8": (torch.uint8, "U8"), "int16": (torch.int16, "I16"),
    "int32": (torch.int32, "I32"), "uint16": (torch.uint16, "U16"), "uint32": (torch.uint32, "U32"),
    "uint64": (torch.uint64, "U64"), "complex64": (torch.complex64, "C64"), "e4m3": (torch.float8_e4m3fn, "F8_E4M3"),
    "e5m2": (torch.float8_e5m2, "F8_E5M2"), "e4m3fnuz": (torch.float8_e4m3fnuz, "F8_E4M3FNUZ"),
    "e5m2fnuz": (torch.float8_e5m2fnuz, "F8_E5M2FNUZ"), "e8m0": (torch.float8_e8m0fnu, "F8_E8M0"),
}
KNOWN = "net", "model_state_dict", "weights", "params", "ema", "state_dict_ema"

CASES = {
    "small": small(),
    "half": {"w": values(9, 5).half().reshape(3, 3), "special": special().half()},
    "bfloat16": {"w": values(9, 6).bfloat16().reshape(3, 3), "special": special().bfloat16()},
    "double": {"w": values(300, 7).reshape(3, 100), "large": torch.tensor([1e300, -1e-300], dtype=torch.float64)},
    "strided": strided(),
    "shared": shared(),
    "state_dict": checkpoint("state_dict"),
    "model": checkpoint("model"),
    "inert": inert(),
    "buffers": buffers(),
    "attributes": attributes(),
    "known": {"state_dict_ema": {"w": torch.ones(1)}, "state_dict": small()},
    "only": {"run": {"student": small(), "step": 3}, "list": [1, "a"]},
    "loose": {"student": small(), "rng_state": torch.arange(16, dtype=torch.uint8)},
    "several": several(),
    "nothing": {"epoch": 3, "optimizer": several()["optimizer"]},
} | {name: checkpoint(name) for name in KNOWN}
WEIGHTS = {"only": CASES["only"]["run"]["student"], "known": small(), "inert": small(), "loose": small(), "several": None, "nothing": None}


def expected(tensors):
    """The safetensors file, without the help of a library: the largest values first."""
    arrays = {}
    for name, tensor in tensors.items():
        tensor = tensor.detach()
        kind = "I64" if tensor.dtype == torch.int64 else next((k for t, k in TYPES.values() if t == tensor.dtype), "F32")
        tensor = tensor.float() if kind == "F32" else tensor
        arrays[name] = kind, tensor, tensor.contiguous().reshape(-1).view(torch.uint8).numpy().tobytes()
    body, header = b"", {"__metadata__": {"format": "pt"}}
    places = {}
    for size in (8, 4, 2, 1):
        for name, (_, tensor, data) in arrays.items():
            if tensor.element_size() == size:
                places[name] = [len(body), len(body) + len(data)]
                body += data
    for name, (kind, tensor, _) in arrays.items():
        header[name] = {"dtype": kind, "shape": list(tensor.shape), "data_offsets": places[name]}
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
        weights = WEIGHTS.get(name, case.get(name, case))
        if weights is not None:
            (folder / f"{name}.safetensors").write_bytes(expected(weights))
    torch.save(small(), folder / "protocol4.pth", pickle_protocol=4)
    torch.save(small(), folder / "protocol4_legacy.pth", pickle_protocol=4, _use_new_zipfile_serialization=False)
    (folder / "protocol4.safetensors").write_bytes(expected(small()))


if __name__ == "__main__":
    main()
