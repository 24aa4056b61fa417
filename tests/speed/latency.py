"""How long one image takes on one thread: castnet's inference beside onnxruntime and PyTorch, in one process, by turns.

    python tests/speed/latency.py [NETWORK...]      ROUNDS=100, default networks resnet18_cifar and resnet18

Prints the median of each in milliseconds, and of the ratios of what ran beside each other."""
import ctypes
import os
import re
import shutil
import subprocess
import sys
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")
import numpy as np
import onnxruntime
import torch

sys.path.insert(0, "tests/torch")
import resnet
from harness import BUILD, write_safetensors

ROUNDS = int(os.environ.get("ROUNDS", "100"))


def ours(spec, name, folder, image):
    subprocess.run(["gen/castnet", spec, "--as", "inference", "--form", "two", "-o", folder], check=True)
    flags = re.search(r"^CFLAGS_TARGET *:= *(.*)$", (folder / "flags.mk").read_text(), re.M).group(1).split()
    library = folder / "network.so"
    subprocess.run([os.environ.get("CC", "cc"), "-std=c99", "-O3", *flags, "-shared", "-fPIC", "-o", library, folder / f"{name}.c"], check=True)
    network, header = ctypes.CDLL(str(library.resolve())), (folder / f"{name}.h").read_text()
    sizes = dict(re.findall(rf"^#define {name.upper()}_(\w+) (\d+)", header, re.M))

    def memory(size):
        room = np.zeros(int(size) + 64, np.uint8)
        return room, ctypes.c_void_p((room.ctypes.data + 63) // 64 * 64)

    kept = [memory(sizes["ARENA_BYTES"]), memory(sizes["WEIGHTS_BYTES"])]
    init = getattr(network, f"{name}_init")
    init.restype = ctypes.c_void_p
    context = ctypes.c_void_p(init(kept[0][1], None))
    file = (folder / "weights.safetensors").read_bytes()
    assert getattr(network, f"{name}_load")(context, kept[1][1], file, ctypes.c_size_t(len(file))) == 0
    logits, predict = np.zeros(1000, np.float32), getattr(network, f"{name}_predict")
    arguments = context, ctypes.c_void_p(image.ctypes.data), 1, ctypes.c_void_p(logits.ctypes.data)
    kept += [logits, image]
    return lambda kept=kept: predict(*arguments)


def measure(name):
    torch.manual_seed(3)
    torch.set_num_threads(1)
    model, folder = resnet.make(name).eval(), BUILD / "tests" / "latency" / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    write_safetensors(folder / "weights.safetensors", model.state_dict())
    spec = f"gen/specs/{name}.lua"
    subprocess.run(["gen/castnet", "export", spec, "--weights", folder / "weights.safetensors", "--onnx", folder / "network.onnx", "--batch", "1"],
                   check=True, stdout=subprocess.DEVNULL)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(folder / "network.onnx"), options, ["CPUExecutionProvider"])
    image = np.random.default_rng(1).integers(0, 256, (1, 3, 32, 32), np.uint8)
    x = torch.from_numpy(image).float() / 255
    wide = x.to(memory_format=torch.channels_last)
    channels_last = resnet.make(name).eval().to(memory_format=torch.channels_last)
    runs = {
        "castnet": ours(spec, name, folder, image),
        "onnxruntime": lambda: session.run(None, {session.get_inputs()[0].name: image}),
        "PyTorch": lambda: model(x), "PyTorch, channels last": lambda: channels_last(wide),
    }
    times = {key: [] for key in runs}
    with torch.inference_mode():
        for turn in range(ROUNDS + 5):
            for key, call in runs.items():
                begin = time.perf_counter()
                call()
                if turn >= 5:
                    times[key].append((time.perf_counter() - begin) * 1e3)
    for key, list_ in times.items():
        ratio = np.median(np.array(list_) / np.array(times["castnet"]))
        print(f"{name}: {key} {np.median(list_):.2f} ms, shortest {min(list_):.2f}, {ratio:.2f} times castnet's")


for network in sys.argv[1:] or ["resnet18_cifar", "resnet18"]:
    measure(network)
