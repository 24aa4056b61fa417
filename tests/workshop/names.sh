#!/bin/sh
# Whatever a user gives for a variable of make's is text: nothing in it is run, and what it cannot be is refused
# with one line. A table for each variable, then random strings of what shells and makes stumble over.
#
#   SEED=1 tests/workshop/names.sh
set -u
cd "$(dirname "$0")/../.." || exit 1
scratch=${BUILD:-build}/tests/names
. tests/generated/common
rm -rf $scratch && mkdir -p $scratch
pwned=$scratch/pwned

# Fails with one line of ours, or works; a file that a name would make is a failure in any case.
harmless() { # harmless GOAL VARIABLE VALUE: from the command line and from the environment
    for from in line environment; do
        if [ $from = line ]; then
            timeout 60 "${MAKE:-make}" -s "$1" BATCH=32 "$2=$3" >$scratch/out 2>$scratch/err </dev/null
        else
            env "$2=$3" timeout 60 "${MAKE:-make}" -s "$1" >$scratch/out 2>$scratch/err </dev/null
        fi
        status=$?
        cat $scratch/err
        [ ! -e $pwned ] || { rm -f $pwned; echo "it ran"; return 1; }
        [ $status != 124 ] || { echo "it did not end"; return 1; }
        sed -E 's|^\.make/[a-z]+\.mk:[0-9]+: \*\*\* (castnet: .*)  Stop\.$|\1|' $scratch/err >$scratch/lines
        [ "$(grep -c '^castnet: ' $scratch/lines)" -le 1 ] || { echo "more than one line"; return 1; }
        grep -vE '^castnet: |^make' $scratch/lines && return 1
        [ $status = 0 ] || grep -q '^castnet: ' $scratch/lines || { echo "no line"; return 1; }
    done
    return 0
}
refused() { harmless "$@" && [ "$status" != 0 ]; }

set_of_values() { # a value a line
    cat <<END
a;touch $pwned;b.lua
a&touch $pwned&b.lua
a|touch $pwned|b.lua
\`touch $pwned\`.lua
\$(touch $pwned).lua
\$(shell touch $pwned).lua
\$\$(touch $pwned).lua
\$(eval \$(shell touch $pwned))
'; touch $pwned; '.lua
"; touch $pwned; ".lua
#.lua
a#b.lua
(a).lua
'
"
a<b.lua
a>$pwned
[a].lua
a\\b.lua
a\\
a:b.lua
-x.lua
--eval=x.lua
%.lua
a=b.lua
*
~/a.lua
a b.lua
END
}

for goal_and_name in plan/MODEL plan/TUNING plan/TARGET plan/BATCH plan/FREEZE data/DATASET data/DATA_MD5 data/DATA_URL bench/STEPS \
    bench/ROUNDS bench/PROFILE plan/BLAS plan/EXACT plan/PRECISION fuzz/FUZZ_SECONDS clean/RUNS plan/BUILD clean/BUILD; do
    goal=${goal_and_name%/*} name=${goal_and_name#*/}
    set_of_values >$scratch/values
    while IFS= read -r value; do
        expect "$name=$value" refused "$goal" "$name" "$value"
    done <$scratch/values
done
line_feed='a
b'
expect "MODEL with a line feed" refused plan MODEL "$line_feed"
mkfifo $scratch/pipe.lua
expect "MODEL that is a pipe" refused plan MODEL $scratch/pipe.lua
# Files of any name: these are not there, and the line says so.
set_of_values >$scratch/values
while IFS= read -r value; do
    expect "WEIGHTS=$value" refused export WEIGHTS "$value"
    for name in INIT KEY OUT PYTHON ARGS BASE CASES; do
        expect "$name=$value" harmless help $name "$value"
    done
    expect "V=$value" harmless gen V "$value"
done <$scratch/values

# Words of ARGS, as the predictor would get them.
words() { # words ARGS WANTED
    ARGS=$1 sh -c '. .make/arguments.sh; printf "<%s>" "$@"' sh >$scratch/words && [ "$(cat $scratch/words)" = "$2" ]
}
# What castnet says of a spec or an option is a line as castnet writes it; the make that the user called adds its own. That
# one is no other make's: these tests may be run by one.
echo 'return net.model { name = "bad", oops = 1 }' >$scratch/bad.lua
said_once() { # said_once TEXT GOAL VARIABLE=VALUE
    text=$1
    shift
    env -u MAKELEVEL -u MAKEFLAGS -u MFLAGS "${MAKE:-make}" "$@" >$scratch/out 2>$scratch/err
    status=$?
    cat $scratch/err
    [ $status = 2 ] && [ "$(grep -vc '^make: \*\*\* .* Error 1$' $scratch/err)" = 1 ] && grep -q "^$text" $scratch/err &&
        [ ! -s $scratch/out ]
}
for goal in gen plan train eval predict export bench bundle; do
    expect "make $goal of a wrong spec" said_once "$scratch/bad.lua:1: model: unknown option" $goal MODEL=$scratch/bad.lua
done
expect "FREEZE of no layer" said_once 'castnet: --freeze: no layer and no parameter is called "nope"' plan FREEZE=nope
expect "BUILD that can't be" said_once "castnet: cannot write to /dev/null/a " plan BUILD=/dev/null/a

expect "words" words '--out x  y' '<--out><x><y>'
expect "quotes" words "'a b' \"c d\" e\\ f" '<a b><c d><e f>'
expect "nothing is expanded" words '* $HOME `id` $(id) ;' '<*><$HOME><`id`><$(id)><;>'
expect "an empty word" words "a ''" '<a><>'

lua5.4 - "${SEED:-1}" $pwned >$scratch/random <<'END'
math.randomseed(math.tointeger(arg[1]))
local parts = { ";", "&", "|", "`", "$", "(", ")", "$(shell ", "'", '"', "#", "<", ">", "[", "]", "\\", ":", "-", "%", "=",
  "*", "~", " ", "!", "{", "}", "touch " .. arg[2], "a", ".lua", "${IFS}", "@", "," }
for _ = 1, 25 do
  local text = ""
  for _ = 1, math.random(2, 9) do text = text .. parts[math.random(#parts)] end
  print(text)
end
END
while IFS= read -r value; do
    for name in MODEL FREEZE TARGET; do expect "$name=$value" harmless plan $name "$value"; done
    expect "WEIGHTS=$value" harmless export WEIGHTS "$value"
done <$scratch/random
summary
