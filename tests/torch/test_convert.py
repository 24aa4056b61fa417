"""gen/castnet convert with PyTorch at both ends, at ResNet-18's full size.

Prints `N passed, N failed` and what each conversion took. Exit 77 without Python's safetensors.
"""
import pathlib
import subprocess
import sys
import tempfile
import time
import zipfile

import torch

try:
    import safetensors.torch
except ImportError:
    print("skip: conversions there and back, as this python has no safetensors")
    sys.exit(77)

import resnet

CASTNET = pathlib.Path(__file__).parents[2] / "gen/castnet"


def convert(source, target):
    start = time.perf_counter()
    subprocess.run([CASTNET, "convert", source, target], check=True)
    size = source.stat().st_size
    print(f"{source.name} -> {target.name}: {size / 1e6:.1f} MB in {time.perf_counter() - start:.2f} s")


def model(name="resnet18"):
    """A model that has seen a batch, so that running statistics and counts are not what they began as."""
    torch.manual_seed(1)
    network = resnet.make(name)
    network.train()
    with torch.no_grad():
        network(torch.randn(2, 3, 32, 32))
    return network


def same(left, right):
    """Names in their order, types, shapes and every bit."""
    assert list(left) == list(right)
    for name, value in left.items():
        other = right[name]
        assert value.dtype == other.dtype and value.shape == other.shape, name
        assert torch.equal(value.contiguous().reshape(-1).view(torch.uint8), other.contiguous().reshape(-1).view(torch.uint8)), name


def both_ways(folder, legacy):
    network = model()
    source, middle, back = folder / "r18.pth", folder / "r18.safetensors", folder / "back.pth"
    torch.save(network.state_dict(), source, _use_new_zipfile_serialization=not legacy)
    convert(source, middle)
    convert(middle, back)
    loaded = safetensors.torch.load_file(middle)
    same(network.state_dict(), {name: loaded[name] for name in network.state_dict()})
    for options in ({}, {"mmap": True}):
        weights = torch.load(back, weights_only=True, **options)
        same(network.state_dict(), weights)
        fresh = resnet.make("resnet18")
        fresh.load_state_dict(weights, strict=True)
        same(network.state_dict(), fresh.state_dict())
    assert weights["bn1.num_batches_tracked"] == 1
    with zipfile.ZipFile(back) as archive:
        assert archive.testzip() is None
        assert all(text.file_size == 0 or offset(back, text) % 64 == 0 for text in archive.infolist())


def offset(path, entry):
    with open(path, "rb") as file:
        file.seek(entry.header_offset + 26)
        lengths = file.read(4)
    return entry.header_offset + 30 + int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little")


def zip_format(folder):
    both_ways(folder, False)


def legacy_format(folder):
    both_ways(folder, True)


def converted_to(change):
    """A state_dict whose floats were changed arrives as float32 of the changed values."""
    def body(folder):
        state = {name: change(value) if value.is_floating_point() else value
                 for name, value in model().state_dict().items()}
        source, target = folder / "in.pth", folder / "out.safetensors"
        torch.save({"epoch": 1, "state_dict": state}, source)
        convert(source, target)
        loaded = safetensors.torch.load_file(target)
        same({name: value.float() if value.is_floating_point() else value for name, value in state.items()},
             {name: loaded[name] for name in state})
    return body


def from_the_package(folder):
    """What the safetensors package wrote, in its own order, and in half."""
    state = {name: value.half() if value.is_floating_point() else value
             for name, value in model("resnet8_tiny").state_dict().items()}
    source, target = folder / "in.safetensors", folder / "out.pth"
    safetensors.torch.save_file(state, source, metadata={"by": 'the "package"'})
    convert(source, target)
    weights = torch.load(target, weights_only=True)
    same(state, {name: weights[name] for name in state})
    resnet.make("resnet8_tiny").load_state_dict(weights, strict=True)


def whole_model(folder):
    """torch.save(model) names the model's class, which is refused."""
    source, target = folder / "in.pth", folder / "out.safetensors"
    torch.save(model("resnet8_tiny"), source)
    result = subprocess.run([CASTNET, "convert", source, target], capture_output=True, text=True, check=False)
    assert result.returncode == 1 and "resnet.ResNet" in result.stderr and result.stderr.count("\n") == 1, result.stderr
    assert not target.exists()


def channels_last(value):
    return value.to(memory_format=torch.channels_last) if value.dim() == 4 else value


TESTS = {
    "both ways, zip": zip_format,
    "both ways, before 1.6": legacy_format,
    "float16": converted_to(torch.Tensor.half),
    "bfloat16": converted_to(torch.Tensor.bfloat16),
    "float64": converted_to(lambda value: value.double() / 3),
    "channels last": converted_to(channels_last),
    "from the safetensors package": from_the_package,
    "a whole model": whole_model,
}


def main():
    torch.set_num_threads(1)
    failed = 0
    for name, body in TESTS.items():
        with tempfile.TemporaryDirectory() as folder:
            try:
                body(pathlib.Path(folder))
            except Exception as problem:  # a test that fails does not stop the others
                failed += 1
                print(f"FAILED {name}: {type(problem).__name__}: {problem}")
    print(f"{len(TESTS) - failed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
