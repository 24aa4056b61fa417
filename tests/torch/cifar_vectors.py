#!/usr/bin/env python3
"""Makes tests/vectors/cifar/: batches of two images as Python 2 wrote CIFAR's, and as numpy writes them today.

    tests/torch/cifar_vectors.py        rewrites the files (needs numpy)
"""
import pathlib
import pickle
import struct

import numpy

OUT = pathlib.Path(__file__).parent.parent / "vectors" / "cifar"
IMAGES = bytes((i * 37 + i // 256) % 256 for i in range(2 * 3072))


def string(text):
    return (b"U" + bytes([len(text)]) if len(text) < 256 else b"T" + struct.pack("<i", len(text))) + text


def of_python_2():
    """Its own strings and numpy's names of that time, which no Python writes any more."""
    array = (b"cnumpy.core.multiarray\n_reconstruct\nq\x01cnumpy\nndarray\nq\x02K\x00\x85U\x01b\x87R(K\x01K\x02M\x00\x0c\x86"
             b"cnumpy\ndtype\nq\x03U\x02u1K\x00K\x01\x87R(K\x03U\x01|NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb\x89"
             + string(IMAGES) + b"tb")
    return (b"\x80\x02}q\x04(" + string(b"batch_label") + string(b"training batch 1 of 5") + string(b"labels")
            + b"]q\x05(K\x06K\x09e" + string(b"data") + array + string(b"filenames") + b"](" + string(b"a.png")
            + string(b"b.png") + b"eu.")


def main():
    OUT.mkdir(exist_ok=True)
    (OUT / "python2.pickle").write_bytes(of_python_2())
    batch = {"labels": [6, 9], "data": numpy.frombuffer(IMAGES, numpy.uint8).reshape(2, 3072), "filenames": ["a", "b"]}
    for protocol in (2, 4, 5):
        (OUT / f"protocol{protocol}.pickle").write_bytes(pickle.dumps(batch, protocol))
    with open(OUT / "bytes.pickle", "wb") as file:
        pickle.dump({key.encode(): value for key, value in batch.items()}, file, 4)
    (OUT / "records.bin").write_bytes(b"\6" + IMAGES[:3072] + b"\t" + IMAGES[3072:])


main()
