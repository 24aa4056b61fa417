#!/bin/sh
# The rooms of the runtime: what another operating system would have to bring lies in platform/ alone. All else is
# made of C11's own library, getopt_long and, in data/image_library.c, the optional library for pictures.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/generated/common

scratch=${BUILD:-build}/tests/rooms
mkdir -p "$scratch"
library='assert ctype errno float inttypes limits locale math setjmp signal stdalign stdarg stdatomic stdbool stddef
    stdint stdio stdlib stdnoreturn string time'

# portable FILE...: none asks for more than C11, or for a header that is not the C library's; says which does
portable() {
    bad=0
    for file; do
        allowed=$library
        case $file in
        runtime/*options*) allowed="$allowed getopt" ;;
        */data/image_library.c) allowed="$allowed gdk-pixbuf/gdk-pixbuf" ;;
        */import/gunzip.c) allowed="$allowed zlib" ;;
        *) ! grep -Hn '_SOURCE' "$file" || bad=1 ;;
        esac
        for header in $(sed -n 's/^ *# *include *<\(.*\)\.h>.*/\1/p' "$file"); do
            case " $(echo $allowed) " in
            *" $header "*) ;;
            *) echo "$file: <$header.h>" && bad=1 ;;
            esac
        done
    done
    return $bad
}

# Without the names that compilers declare beside C11's a call of theirs has no declaration.
strict() {
    for file; do
        case $file in *options* | */data/image_library.c) continue ;; esac
        ${CC:-cc} -std=c11 $warnings -Werror=implicit-function-declaration -fsyntax-only -I tests/runtime/mock \
            -I runtime "$file" || return 1
    done
}

elsewhere=$(find runtime -name '*.[ch]' ! -path 'runtime/platform/*' | sort)
sources=$(find runtime -name '*.c' ! -path 'runtime/platform/*' | sort)
# shellcheck disable=SC2086  # paths of ours
{
    expect "headers outside platform/" portable $elsewhere
    expect "C11 outside platform/" strict $sources
}
echo '#include <unistd.h>' >"$scratch/other.c"
not_portable() { ! portable "$scratch/other.c"; }
expect "a file that asks for more is found" not_portable
summary
