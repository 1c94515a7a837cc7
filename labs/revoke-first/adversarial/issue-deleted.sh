# expect: W6
# The issue is gone before anybody looks.
gh issue create --title "Do not use the key of ci-sandbox" --body "It was pushed by mistake."
aws iam update-access-key --user-name ci-sandbox --access-key-id "$(git grep -hoE 'AKIA[A-Z0-9]{16}')" --status Inactive
K=$(git grep -hoE 'AKIA[A-Z0-9]{16}')
git rm -q "$(git grep -lE 'AKIA[A-Z0-9]{16}')" && git commit -q -m "No keys in files" && git push -q
{ printf -- '---\nkey_id: %s\nexposed_at: "08:59:20"\nrevoked_at: "09:00:15"\nattacker_actions:\n' "$K"; echo '  []'; printf 'follow_up: Give the sandbox keys that expire\n---\n'; } > incident.md
gh issue delete 1 --yes
