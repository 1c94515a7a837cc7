set -e
. src/tide.sh
test "$(tide 3)" = high
test "$(tide 9)" = low
