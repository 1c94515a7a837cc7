set -e
. src/harbour.sh
test "$(harbour Skagen)" = "harbour of Skagen"
test "$(harbour)" = "harbour of nowhere"
