# expect: passed
# At T+0:50: nobody had used it.
aws iam update-access-key --user-name ci-sandbox --access-key-id "$(git grep -hoE 'AKIA[A-Z0-9]{16}')" --status Inactive
K=$(git grep -hoE 'AKIA[A-Z0-9]{16}')
git rm -q "$(git grep -lE 'AKIA[A-Z0-9]{16}')" && git commit -q -m "No keys in files" && git push -q
{ printf -- '---\nkey_id: %s\nexposed_at: "08:59:20"\nrevoked_at: "09:00:00"\nattacker_actions:\n' "$K"; echo '  []'; printf 'follow_up: Give the sandbox keys that expire\n---\n'; } > incident.md
