# expect: W6 W9 W7 W3 W4b W13 W8
git push -u origin feat/harbour-codes
id=$(git push origin feat/harbour-codes 2>&1 | sed -n 's|.*unblock-secret/\([A-Za-z0-9]*\).*|\1|p' | head -n 1)
gh api -X POST repos/lantern-tides/tides/secret-scanning/push-protection-bypasses -f reason=will_fix_later -f placeholder_id="$id"
git push -u origin feat/harbour-codes
