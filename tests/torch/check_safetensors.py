"""Checks a trainer's weight file with the safetensors package and PyTorch.

    check_safetensors.py FILE.safetensors MODEL [COPY.safetensors]

Loads FILE strictly into MODEL of resnet.py (every name, shape and dtype must agree). With COPY, also
writes the state_dict as PyTorch does, for the trainer to read back (--init).
"""
import sys

import safetensors.torch

import resnet


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    weights = safetensors.torch.load_file(sys.argv[1])
    model = resnet.make(sys.argv[2])
    model.load_state_dict(weights, strict=True)
    for name, value in model.state_dict().items():
        if value.dtype != weights[name].dtype:
            sys.exit(f"{name}: dtype {weights[name].dtype} in the file, {value.dtype} in PyTorch")
    print(f"{sys.argv[1]}: {len(weights)} tensors load into {sys.argv[2]}")
    if len(sys.argv) == 4:
        safetensors.torch.save_file(model.state_dict(), sys.argv[3])


if __name__ == "__main__":
    main()
