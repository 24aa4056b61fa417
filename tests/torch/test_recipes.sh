#!/bin/sh
# tests/generated/recipes.sh with PyTorch itself at the other end: other weights, other images.
set -eu
cd "$(dirname "$0")/../.."
vectors=${BUILD:-build}/tests/torch/recipes.bin
mkdir -p "${BUILD:-build}/tests/torch"
"${PYTHON:-python3}" tests/torch/recipes.py $vectors 17
exec tests/generated/recipes.sh $vectors
