#!/bin/sh
# The memory plans of all specs, proved from the emitted C by a program that knows nothing of the
# compiler (plan_checker.lua); and that program, shown to see what is wrong with damaged plans.
set -u
cd "$(dirname "$0")/../.." || exit 1
scratch=${BUILD:-build}/tests/plan
rm -rf $scratch && mkdir -p $scratch

passed=0 failed=0
pass() { passed=$((passed + 1)); }
fail() { # fail WHAT...: with the end of the log
    failed=$((failed + 1))
    echo "failed: $*"
    head -n 10 $scratch/log | sed 's/^/    /'
}

checker() { lua5.4 tests/generated/plan_checker.lua "$1" >$scratch/log 2>&1; }

# holds SPEC OPTION...: its plan is proved
holds() {
    rm -rf $scratch/model
    if gen/castnet "$@" -o $scratch/model >$scratch/log 2>&1 && checker $scratch/model; then
        pass
    else
        fail "$*"
    fi
}

for spec in gen/specs/*.lua tests/specs/*.lua; do
    holds "$spec"
done
for spec in gen/specs/*.lua tests/specs/golden/*.lua; do
    holds "$spec" --as evaluator --target portable
    holds "$spec" --as evaluator
done
for spec in tests/specs/ops/*.lua; do
    holds "$spec" --target portable
    holds "$spec"
done
for spec in tests/specs/bf16/*.lua gen/specs/resnet18_cifar.lua; do
    holds "$spec" --precision bf16 # tensors of two sizes of elements
    holds "$spec" --precision bf16 --as evaluator
done
holds gen/specs/resnet18_cifar.lua --batch 512 # above 1 GiB

# --- the checker's own test -------------------------------------------------------------------

gen/castnet gen/specs/resnet8_tiny.lua -o $scratch/good >$scratch/log 2>&1 || fail "resnet8_tiny"

# refuses WHAT FILE SCRIPT MESSAGE: the plan of resnet8_tiny, one file of it changed by a sed script
refuses() {
    rm -rf $scratch/bad
    cp -R $scratch/good $scratch/bad
    sed "$3" $scratch/good/"$2" >$scratch/bad/"$2"
    if cmp -s $scratch/good/"$2" $scratch/bad/"$2"; then
        fail "$1: the file is not what this test thinks"
    elif checker $scratch/bad; then
        fail "$1: not seen"
    elif ! grep -q "$4" $scratch/log; then
        fail "$1: seen as something else"
    else
        pass
    fi
}

offset() { # offset SYMBOL: in bytes
    sed -n "s/^ *c->$1 = place(c, \([0-9]*\));/\1/p" $scratch/good/resnet8_tiny.c
}

c=resnet8_tiny.c
move="s/\(c->layer2_0_conv1 = place(c, \)[0-9]*/\1"
refuses "a tensor over one that is still read" $c "$move$(offset layer2_0)/" \
    "layer2_0_conv1 .*live at once"
refuses "a tensor that ends in the next one" $c "$move$(($(offset layer2_0_conv1) + 64))/" \
    "live at once"
refuses "a tensor in the optimiser's state" $c "$move$(offset exp_avg)/" "live at once"
refuses "a tensor in the context" $c "${move}64/" "live at once"
refuses "statistics of a batch norm over others" $c \
    "s/\(c->bn.bn1.mean = place(c, \)[0-9]*/\1$(offset bn.bn1.inv_std)/" "live at once"
refuses "a batch norm of fewer channels than its kernel's" memory.h 's/bn1; .. 8 each/bn1; \/* 4 each/' \
    "takes bn.bn1.mean as 32 bytes"
refuses "a batch norm's gradient that nobody makes" kernels.h 's/bn.d_gamma, //' "g->bn1_weight"
refuses "an offset between cache lines" $c "$move$(($(offset layer2_0_conv1) + 32))/" \
    "layer2_0_conv1: offset .* no multiple"
refuses "a tensor beyond the end" $c "${move}399999936/" "layer2_0_conv1: ends at"
refuses "a workspace over the input of its call" $c \
    "s/\(c->layer2_0_bn1_work_bn = place(c, \)[0-9]*/\1$(offset layer2_0_conv1)/" "live at once"
refuses "gradients over weights" $c "s/\(c->g = place(c, \)[0-9]*/\1$(offset w)/" "live at once"
refuses "a parameter more than there is room for" memory.h \
    's/ALIGNED float fc_bias\[10\];/&ALIGNED float more[10];/' "bn1.weight: nothing lies at"
refuses "a use after a tensor was written over" backward.c \
    's/\(linear_32_10_grad_input(&c->host, c->d_mean, \)c->d_fc/\1c->fc_partial_channel_sum/' \
    "fc_partial_channel_sum"
refuses "a late read of a gradient that another lies over" backward.c \
    's/\(conv3x3_32c8_32c8_taps_grad_input(&c->host, c->d_relu, \)c->d_layer1_0_conv1/\1c->d_layer1_0_relu1/' \
    "d_layer1_0_relu1"
refuses "an overlap that no comment tells of" backward.c 's/d_conv1 lies over d_relu/d_conv1/' \
    "live at once"
refuses "a prototype that doesn't allow an overlap" kernels.h 's/; d_x may lie over d_out//' "live at once"
refuses "a prototype that doesn't say what is written" kernels.h 's/reads images; writes out/reads images/' \
    "what normalise_32c3 does with out"
refuses "a comment about another tensor" backward.c \
    's/d_conv1 lies over d_relu,/d_conv1 lies over conv1,/' "doesn't lie over"
refuses "a read before the first write" forward.c \
    's/\(mean_pool_8c32_forward(&c->host, c->mean, \)c->layer3_0/\1c->d_layer3_0/' "nobody wrote"
refuses "a gradient that nobody makes" backward.c '/channel_sum_c10/d' "g->fc_bias"

# The same where groups of parameters have their own states.
rm -rf $scratch/good
gen/castnet tests/specs/ops/update_groups.lua --target portable -o $scratch/good >$scratch/log 2>&1 ||
    fail "update_groups"
offset() { sed -n "s/^ *c->$1 = place(c, \([0-9]*\));/\1/p" $scratch/good/update_groups.c; }
c=update_groups.c
refuses "a tensor within a state" $c \
    "s/\(c->d_b = place(c, \)[0-9]*/\1$(($(offset momentum_a_weight) + 128))/" "momentum_a_weight .*live at once"
refuses "a state within averages" $c \
    "s/\(c->exp_avg_sq_b_weight = place(c, \)[0-9]*/\1$(($(offset average) + 64))/" "live at once"
refuses "a state within another" $c \
    "s/\(c->exp_avg_sq_b_weight = place(c, \)[0-9]*/\1$(($(offset exp_avg_b_weight) + 64))/" "live at once"
refuses "a state that is not where its stretch has it" $c \
    "s/\(c->momentum_bn_weight = place(c, \)[0-9]*/\1$(offset momentum_b_bias)/" "the update takes it at"

echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" != 0 ]
