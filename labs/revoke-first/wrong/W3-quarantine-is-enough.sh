# expect: W3
# The provider looks after it.
sleep 235
K=$(git grep -hoE 'AKIA[A-Z0-9]{16}')
{ printf -- '---\nkey_id: %s\nexposed_at: "08:59:20"\nrevoked_at: "09:00:27"\nattacker_actions:\n' "$K"; echo '  []'; printf 'follow_up: Give the sandbox keys that expire\n---\n'; } > incident.md
