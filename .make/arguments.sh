# Appends the words of $ARGS to the positional parameters (sourced, POSIX sh). Blanks separate words; quotes
# and backslashes keep blanks within one, as in a shell, and nothing else means anything.
# shellcheck shell=sh

if [ -n "${ARGS:-}" ]; then
    words=$(printf '%s\n' "$ARGS" | xargs -r printf '=%s\n' 2>/dev/null) || {
        printf 'castnet: ARGS=%s: a quote that does not end\n' "$ARGS" >&2
        exit 1
    }
    while [ -n "$words" ] && IFS= read -r word; do
        set -- "$@" "${word#=}"
    done <<END
$words
END
fi

# given OPTION ARGUMENT...: is the option among the arguments?
given() {
    option=$1
    shift
    for argument in "$@"; do
        case $argument in "$option" | "$option="*) return 0 ;; esac
    done
    return 1
}
