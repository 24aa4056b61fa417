"""Writes one file of named arrays, which tests/reference/vectors.c reads.

The file: 8 bytes "VECTORS1", then for each array, all little-endian: u32 length of the name, the
name, u32 type (0 uint8, 1 float32, 2 float64), u32 count of values, the values.
"""
import struct

import numpy as np

TYPES = {"uint8": 0, "float32": 1, "float64": 2}


def write(path, arrays):
    """arrays: {name: tensor, numpy array or list of numbers}, written in its order."""
    with open(path, "wb") as file:
        file.write(b"VECTORS1")
        for name, values in arrays.items():
            values = np.asarray(values.detach() if hasattr(values, "detach") else values)
            if values.dtype.name not in TYPES:
                values = values.astype(np.float64)
            text = name.encode()
            file.write(struct.pack("<I", len(text)) + text)
            file.write(struct.pack("<II", TYPES[values.dtype.name], values.size))
            file.write(values.astype(values.dtype.newbyteorder("<")).tobytes())
