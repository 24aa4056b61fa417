"""How many images a second an evaluation takes: castnet's eval program on the test set beside PyTorch, by turns, on all threads.

    python tests/speed/evaluation.py [NETWORK...]   ROUNDS=3, IMAGES=2000 of PyTorch, CIFAR10_DIR; default network resnet18_cifar

castnet says itself what it reached on the 10,000 images, reading and normalising them included. PyTorch normalises, too; of its
forms (both memory formats, compiled) the fastest one of a round counts. Prints the medians, and of the ratios of a round."""
import os
import pathlib
import re
import statistics
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "torch"))
import torch

import resnet
import train
from harness import BUILD, DATA, need_data, normalise, run, write_safetensors
from networks import NETWORKS

ROUNDS, IMAGES, BATCH = int(os.environ.get("ROUNDS", "3")), int(os.environ.get("IMAGES", "2000")), 500


def ours(name, state):
    """A function that evaluates, and returns images a second."""
    folder = BUILD / "tests" / "evaluation"
    folder.mkdir(parents=True, exist_ok=True)
    weights = folder / f"{name}.safetensors"
    write_safetensors(weights, state)
    spec = name if pathlib.Path(f"gen/specs/{name}.lua").exists() else f"tests/specs/{name}.lua"
    run(os.environ.get("MAKE", "make"), "-s", "-f", ".make/model.mk", f"MODEL={spec}", "programs")

    def evaluate():
        done = subprocess.run([BUILD / name / "eval", "--weights", weights, "--data", DATA], capture_output=True, check=True, text=True)
        return float(re.search(r"([0-9.]+) images/s", done.stdout)[1])

    return evaluate


def theirs(model, images, form):
    layout = torch.channels_last if form == "channels_last" else torch.contiguous_format
    model = model.to(memory_format=layout)
    forward = torch.compile(model) if form == "compiled" else model

    def evaluate():
        begin = time.perf_counter()
        with torch.inference_mode():
            for part in images.split(BATCH):
                forward(normalise(part, torch.float32).contiguous(memory_format=layout))
        return len(images) / (time.perf_counter() - begin)

    return evaluate


def measure(name, images):
    torch.manual_seed(3)
    make = NETWORKS[name] if name in NETWORKS else lambda: resnet.make(name)
    model = make().eval()
    castnet = ours(name, model.state_dict())
    forms, rates = {}, {"castnet": []}
    for form in ("channels_last", "contiguous", "compiled"):
        other = make().eval()
        other.load_state_dict(model.state_dict())
        forms[form], rates[form] = theirs(other, images, form), []
        forms[form]()
    ratios = []
    for _ in range(ROUNDS):
        rates["castnet"].append(castnet())
        for form, evaluate in forms.items():
            rates[form].append(evaluate())
        ratios.append(rates["castnet"][-1] / max(rates[form][-1] for form in forms))
    for what, list_ in rates.items():
        print(f"{name}: {what} {statistics.median(list_):.0f} images/s")
    print(f"{name}: {statistics.median(ratios):.2f} times PyTorch's fastest ({' '.join(f'{r:.2f}' for r in ratios)})", flush=True)


def main():
    need_data("evaluation beside PyTorch")
    images = train.read(DATA, ["test_batch.bin"])[0][:IMAGES]
    for name in sys.argv[1:] or ["resnet18_cifar"]:
        measure(name, images)


if __name__ == "__main__":
    main()
