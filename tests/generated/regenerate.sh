#!/bin/sh
# The compiler's files: the same bytes each time, from wherever and to wherever; nothing about the
# machine in them; files that stay the same are left alone; all or nothing when something fails.
set -u
cd "$(dirname "$0")/../.." || exit 1
scratch=${BUILD:-build}/tests/regenerate
case $scratch in /*) ;; *) scratch=$(pwd)/$scratch ;; esac
. tests/generated/common
rm -rf $scratch && mkdir -p $scratch
root=$(pwd)
tiny=gen/specs/resnet8_tiny.lua
skipped=0

castnet() { "$root/gen/castnet" "$@" --target avx2; }

# --- same bytes ---------------------------------------------------------------------------------

elsewhere() { (cd / && castnet "$root/$1" -o "$2" && diff -r "$scratch/first" "$2"); }
from_scratch() { (cd $scratch && castnet "$root/$tiny" -o "name with blanks" && diff -r first "name with blanks"); }

expect "tiny is made" castnet $tiny -o $scratch/first
expect "tiny is made again" castnet $tiny -o $scratch/second
expect "... with the same bytes" diff -r $scratch/first $scratch/second
expect "... from another folder, by a full path" elsewhere $tiny $scratch/third
expect "... into a folder with blanks" from_scratch
for spec in gen/specs/resnet18.lua tests/specs/resnet50.lua tests/specs/ops/dropout.lua; do
    for copy in 1 2 3; do
        expect "$spec is made" castnet "$spec" -o "$scratch/$(basename "$spec").$copy"
    done
    expect "$spec: the same bytes" diff -r "$scratch/$(basename "$spec").1" "$scratch/$(basename "$spec").2"
    expect "$spec: and again" diff -r "$scratch/$(basename "$spec").2" "$scratch/$(basename "$spec").3"
done

# --- nothing about the machine ------------------------------------------------------------------

without() { ! grep -riF -- "$1" $scratch/first; }
without_pattern() { ! grep -rE -- "$1" $scratch/first; }

expect "no path of the sources" without "$root"
expect "no name of the output folder" without tests/regenerate
expect "no absolute path" without_pattern '(^|[^*/A-Za-z0-9_.)])/(home|root|tmp|usr|var|work|build|opt|data|etc)/'
expect "no folder of the spec" without "gen/specs"
expect "no host" without_pattern "(^|[^A-Za-z0-9_])$(uname -n)([^A-Za-z0-9_]|\$)"
expect "no year" without_pattern "(^|[^0-9.])$(date +%Y)-[0-9]"
expect "no time of day" without_pattern '[0-9][0-9]:[0-9][0-9]:[0-9][0-9]'

# --- files that stay the same -------------------------------------------------------------------

modified() { # modified FOLDER: names of files newer than the mark
    (cd "$1" && find . -type f -newer ../mark | sort)
}

left_alone() {
    castnet $tiny -o $scratch/second && [ -z "$(modified $scratch/second)" ]
}

only_changed() { # one learning rate: the files with the recipe, its text and the quoted spec, nothing else
    sed 's/lr = 1e-3/lr = 2e-3/' $tiny >$scratch/resnet8_tiny.lua
    castnet $scratch/resnet8_tiny.lua -o $scratch/second || return 1
    modified $scratch/second >$scratch/modified
    printf '%s\n' ./plan.txt ./resnet8_tiny.c ./resnet8_tiny_recipe.c | diff - $scratch/modified
}

find $scratch/second -type f -exec touch -d '2001-01-01 00:00:00' {} +
touch -d '2001-01-02 00:00:00' $scratch/mark
expect "files that stay the same keep their time" left_alone
expect "files that change are the only ones written" only_changed

# --- all or nothing -----------------------------------------------------------------------------

# fails MESSAGE COMMAND...: with status 1, one line that begins with castnet: or a spec's place
fails() {
    message=$1
    shift
    "$@" >$scratch/out 2>$scratch/err
    status=$?
    cat $scratch/out $scratch/err
    [ $status = 1 ] && [ ! -s $scratch/out ] && [ "$(wc -l <$scratch/err)" = 1 ] && grep -qE "$message" $scratch/err
}

nothing_left() { [ ! -e "$1" ] || { ls -R "$1" && return 1; }; }
no_parts() { ! find "$1" -name '*.part' ! -type d | grep .; }
unchanged_but() { # unchanged_but NAME FOLDER: all files as in first, but for NAME
    diff -r -x "$1" $scratch/first "$2"
}

sed 's/kernel = 3/kernel = 0/' $tiny >$scratch/wrong.lua
expect "a wrong spec fails" fails 'wrong.lua:[0-9]+: ' castnet $scratch/wrong.lua -o $scratch/wrong
expect "... and writes nothing" nothing_left $scratch/wrong
expect "a spec that isn't there fails" fails '^castnet: .*missing.lua' castnet $scratch/missing.lua -o $scratch/wrong
expect "... and writes nothing" nothing_left $scratch/wrong
expect "a wrong spec leaves old files" castnet $tiny -o $scratch/old
expect "... when it fails" fails 'wrong.lua:[0-9]+: ' castnet $scratch/wrong.lua -o $scratch/old
expect "... as they were" diff -r $scratch/first $scratch/old

: >$scratch/file
expect "a file for a folder fails" fails '^castnet: .*file' castnet $tiny -o $scratch/file
expect "a folder in a file fails" fails '^castnet: .*file/new' castnet $tiny -o $scratch/file/new

# Failures halfway that hold for root, too: a file that may not grow, a folder in a file's place, a full disk.
small_files() { (ulimit -f 24 && castnet "$@"); }
expect "a file that can't be written fails" fails '^castnet: .*blocked/.*File too large' small_files $tiny -o $scratch/blocked
expect "... and leaves nothing" sh -c "! ls $scratch/blocked | grep ."
castnet $tiny -o $scratch/taken && rm $scratch/taken/update.c && mkdir -p $scratch/taken/update.c/full
expect "a file that can't be replaced fails" fails '^castnet: .*update.c' castnet $tiny -o $scratch/taken
expect "... and leaves no half of it" no_parts $scratch/taken
expect "... and the others as they were" unchanged_but update.c $scratch/taken
mkdir $scratch/disk
if mount -t tmpfs -o size=64k castnet $scratch/disk 2>/dev/null; then
    expect "a full disk fails" fails '^castnet: .*disk/.*No space left' castnet $tiny -o $scratch/disk
    expect "... and leaves nothing" sh -c "! ls $scratch/disk | grep ."
    umount $scratch/disk
else
    echo "skip: no small disk can be mounted here"
    skipped=1
fi
if [ "$(id -u)" != 0 ]; then
    mkdir $scratch/closed && chmod a-w $scratch/closed
    expect "a closed folder fails" fails '^castnet: .*closed' castnet $tiny -o $scratch/closed
    chmod u+w $scratch/closed
fi
summary | sed "s/failed$/failed, $skipped skipped/"
[ "$failed" = 0 ]
