#!/bin/sh
# All programs do their work with a stack of 64 KiB, whatever the width of the network.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/trainer/common

# shellcheck disable=SC3045  # dash, bash and busybox have it
if ! (ulimit -s 64) 2>/dev/null; then
    echo "skip: the shell cannot set the size of stacks"
    exit 77
fi

narrowly() { # narrowly PROGRAM ARGUMENT...
    # shellcheck disable=SC3045
    (ulimit -s 64 && exec "$@")
}

wide() { # a batch norm of which a row is four stacks long
    cat >"$scratch/wide.lua" <<'END'
return net.model {
  name = "wide",
  input = { batch = 2, height = 1, width = 2, channels = 1 },
  forward = function(image)
    local x = net.relu(net.bn(net.conv(image, "conv", { out = 65536, kernel = 1 }), "bn"))
    return net.linear(net.mean_pool(x), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 1e-3 }, epochs = 1 },
}
END
    # shellcheck disable=SC2086  # PARALLEL is empty or one word
    "${MAKE:-make}" ${PARALLEL:-} -f .make/model.mk MODEL="$scratch/wide.lua" TARGET=native BATCH= programs &&
        narrowly "${BUILD:-build}"/wide/train --synthetic --max-steps 2 --threads 3 --out "$scratch/wide"
}

weights=$scratch/run/last.safetensors
expect "train" narrowly "$trainer" --synthetic --max-steps 3 --threads 3 --out "$scratch/run"
expect "train on" narrowly "$trainer" --synthetic --max-steps 5 --resume --out "$scratch/run"
expect "train where a run is" narrowly "$trainer" --synthetic --max-steps 3 --out "$scratch/run"
expect "train with several seeds" narrowly "$trainer" --synthetic --max-steps 3 --runs 2 --val-split 500 \
    --out "$scratch/runs"
expect "train from weights" narrowly "$trainer" --synthetic --max-steps 3 --init "$weights" --out "$scratch/init"
expect "evaluate" narrowly "${BUILD:-build}"/resnet8_tiny-b32/eval --synthetic --weights "$weights" --tta flip
expect "predict" narrowly "${BUILD:-build}"/resnet8_tiny-b32/predict --synthetic --weights "$weights" --record 0
expect "train a wide network" wide
summary
