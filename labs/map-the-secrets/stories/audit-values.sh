# No value on the map, in whatever form.
line=$(trace any worktree --at '^secrets-inventory\.yaml$' | head -n 1 | cut -f 2 | sed 's/.*://')
[ -z "$line" ] && exit 0
evidence worktree "secrets-inventory.yaml:$line"
found VALUE line="$line" id="$(as learner "sed -n '1,${line}s/^ *- *id: *//p' tides/secrets-inventory.yaml | tail -n 1")"
false
