#!/bin/sh
# Weights on their way through make: INIT= converts and says what it took, a run leaves the trained network,
# make export makes a .pth of it. Prints `N passed, N failed`.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/trainer/common

make_train() { # make_train INIT OUT ARGUMENT...: the console is $scratch/console
    init=$1 out=$scratch/$2
    shift 2
    "${MAKE:-make}" -s train MODEL=resnet8_tiny TARGET=native BATCH=32 INIT="$init" KEY="${key-}" \
        ARGS="--synthetic --no-plots --max-steps 2 --out $out $*" >"$scratch/console" 2>&1
    status=$?
    cat "$scratch/console"
    return $status
}
export_weights() { # export_weights WEIGHTS OUT
    "${MAKE:-make}" -s export MODEL=resnet8_tiny TARGET=native BATCH=32 WEIGHTS="$1" OUT="$2" \
        >"$scratch/console" 2>&1
    status=$?
    cat "$scratch/console"
    return $status
}
says() { grep -qF -- "$2" "$1"; }
says_in() { # says_in FILE TEXT...: all of them
    file=$1
    shift
    for text in "$@"; do says "$file" "$text" || { echo "no '$text' in $file"; return 1; }; done
}
one_complaint() { # one_complaint TEXT COMMAND...: fails, with one line of ours that has the text
    text=$1
    shift
    ! "$@" >"$scratch/said" 2>&1 && cat "$scratch/said" &&
        [ "$(grep -c '^castnet: ' "$scratch/said")" = 1 ] && grep -qF -- "$text" "$scratch/said"
}
converted=${BUILD:-build}/resnet8_tiny-b32/init
same_as_converted() { # same_as_converted FILE: what the last run converted for itself
    made=$(sed -n 's/^  convert  *//p' "$scratch/console")
    echo "converted: $made"
    case $made in $converted/*/*) cmp "$1" "$made" ;; *) false ;; esac
}
another_than() { ! same_as_converted "$@" && [ -e "$made" ]; }
not_converted() { [ -z "$(find "$converted" -name "$1.*" -o -type d -empty)" ]; }

# Another name each time, of those that shells and makes stumble over.
odd="$scratch/a \$b \"q\" 's' #1 %.pth"
rm -rf $converted

expect "the trained network is the best weights" train first --synthetic --no-plots --max-steps 3 --lr 0.01
expect "under the names of model and data set" same first/best.safetensors first/resnet8_tiny_synthetic.safetensors
expect "without tests, the last" train untested --synthetic --no-plots --no-eval --max-steps 1
expect "which are these" same untested/last.safetensors untested/resnet8_tiny_synthetic.safetensors
expect "export names its file" export_weights "$scratch/first/resnet8_tiny_synthetic.safetensors" "$odd"
expect "says it" says_in "$scratch/console" "wrote $odd"
expect "and there it is" test -s "$odd"
expect "export goes beside the weights" export_weights "$scratch/first/last.safetensors" ""
expect "with their name" test -s "$scratch/first/last.pth"
expect "nothing to export" one_complaint "nothing to export" env "${MAKE:-make}" -s export MODEL=resnet8_tiny BATCH=31
expect "weights that are not there" one_complaint "WEIGHTS=nowhere: there is no such file" export_weights nowhere ""
expect "weights that are none" one_complaint "neither a PyTorch file" export_weights README.md "$scratch/readme.pth"

expect "no folder for what is exported" one_complaint "cannot make the folder" \
    export_weights "$scratch/first/last.safetensors" "$odd/x.pth"
evaluates() { # evaluates ARGUMENT...: the one file that they name
    "${MAKE:-make}" -s eval MODEL=resnet8_tiny TARGET=native BATCH=32 ARGS="--synthetic $*" >"$scratch/console" 2>&1
    status=$?
    cat "$scratch/console"
    [ $status = 0 ] && ! grep -q 'ensemble' "$scratch/console"
}
rm -rf "${converted%/init}/run"
expect "no weights to evaluate" one_complaint "no weights in ${converted%/init}/run; \`make train\` first" evaluates
mkdir -p "${converted%/init}/run" && cp "$scratch/untested/last.safetensors" "${converted%/init}/run"
expect "the last run's weights" evaluates
expect "weights instead of them, shortened as the program takes it" evaluates "--weig $scratch/first/last.safetensors"
expect "INIT takes a .pth" make_train "$odd" second --lr 0
expect "and says so" says_in "$scratch/console" "convert" "taken    56 of 56 tensors: conv1, bn1, layer1, layer2, layer3, fc"
expect "name by name in the log" says_in "$scratch/second/training_log.txt" "fc.weight: taken" "taken    56 of 56"
expect "the bits come through" same_as_converted "$scratch/first/best.safetensors"
expect "INIT converts once" make_train "$odd" second
expect "not twice" sh -c "! grep -q convert '$scratch/console'"
cp "$scratch/first/last.pth" "$scratch/again.pth"
export_weights "$scratch/first/best.safetensors" "$scratch/again.pth" >"$scratch/log" 2>&1
expect "INIT takes this one" make_train "$scratch/again.pth" third
export_weights "$scratch/untested/last.safetensors" "$scratch/again.pth" >"$scratch/log" 2>&1
expect "another file of that name" make_train "$scratch/again.pth" third
expect "is converted" says_in "$scratch/console" convert
expect "and is that" same_as_converted "$scratch/untested/last.safetensors"
mkdir "$scratch/other"
cp "$scratch/first/last.pth" "$scratch/other/again.pth"
expect "a file of that name in another folder" make_train "$scratch/other/again.pth" third
expect "is converted to its own" same_as_converted "$scratch/first/last.safetensors"
expect "and back" make_train "$scratch/again.pth" third
expect "to what was made" sh -c "! grep -q convert '$scratch/console'"
expect "with its own weights" says_in "$scratch/third/training_log.txt" "weights  $(INIT=$scratch/again.pth .make/init "${converted%/init}")"
two_at_once() { # the folders of their weights are named while both are there
    one=$(INIT=$scratch/again.pth .make/init "${converted%/init}") && other=$(INIT=$scratch/other/again.pth .make/init "${converted%/init}") &&
        cmp "$scratch/untested/last.safetensors" "$one" && cmp "$scratch/first/last.safetensors" "$other"
}
expect "one does not take the place of the other" two_at_once
expect "INIT takes .safetensors as they are" make_train "$scratch/first/last.safetensors" third
expect "unconverted" says_in "$scratch/console" "weights  $scratch/first/last.safetensors"
cp "$scratch/first/last.pth" "$scratch/torch.safetensors"
expect "INIT takes a .pth of another name" make_train "$scratch/torch.safetensors" third
expect "converted" says_in "$scratch/console" "weights  $converted/" "/torch.safetensors"
cp "$scratch/first/last.safetensors" "$scratch/named.pth"
expect "and .safetensors of another name" make_train "$scratch/named.pth" third
expect "as they are" says_in "$scratch/console" "weights  $scratch/named.pth"
expect "INIT that is not there" one_complaint "INIT=nowhere.pth: there is no such file" make_train nowhere.pth fourth
expect "INIT that is a folder" one_complaint "not a plain file" make_train tests fourth
expect "INIT that is something else" one_complaint "neither a PyTorch file" make_train README.md fourth
head -c 20000 "$scratch/again.pth" >"$scratch/cut.pth"
expect "INIT that is cut" one_complaint "cut.pth" make_train "$scratch/cut.pth" fourth
expect "leaves nothing" not_converted cut
vectors=tests/vectors/pth
key=run.student
expect "KEY chooses" one_complaint "shares no tensor" make_train $vectors/only.pth fourth
expect "what is converted" same_as_converted $vectors/small.safetensors
key=
expect "several to choose from" one_complaint "choose one with --key NAME" make_train $vectors/several.pth fourth
key=discriminator
expect "KEY chooses one" one_complaint "shares no tensor" make_train $vectors/several.pth fourth
expect "and gets it" same_as_converted $vectors/small.safetensors
key=generator
expect "another KEY" one_complaint "shares no tensor" make_train $vectors/several.pth fourth
expect "gets another" another_than $vectors/small.safetensors
key="\$(touch $scratch/harm) \`touch $scratch/harm\`; touch $scratch/harm '\" #"
expect "no KEY is run" one_complaint "no dict of tensors under" make_train $vectors/several.pth fourth
expect "by no shell" test ! -e "$scratch/harm"
key=net
expect "KEY of a safetensors file" one_complaint "leave it away" make_train "$scratch/first/last.safetensors" fourth
key=
expect "the trainer names the command" refused "gen/castnet convert $scratch/again.pth" train fourth --init "$scratch/again.pth"
expect "--resume begins with INIT where there is no checkpoint" make_train "$scratch/again.pth" fifth --resume
expect "as said" says_in "$scratch/console" "taken    56 of 56"
expect "and goes on where there is one" make_train "$scratch/again.pth" fifth --resume --max-steps 4
expect "as said then" says_in "$scratch/console" "resumed  "

summary
