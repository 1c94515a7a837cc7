# expect: W4 W10
# Off, and nothing was examined but the key itself.
sleep 235
aws iam update-access-key --user-name ci-sandbox --access-key-id "$(git grep -hoE 'AKIA[A-Z0-9]{16}')" --status Inactive
K=$(git grep -hoE 'AKIA[A-Z0-9]{16}'); trail() { aws cloudtrail lookup-events --lookup-attributes "AttributeKey=AccessKeyId,AttributeValue=$1" | jq -c '.Events[] | .Username as $name | .CloudTrailEvent | fromjson | . + {name: $name}'; }
trail "$K" > ~/events && trail "$(jq -r 'select(.errorCode == null) | .responseElements.credentials.accessKeyId // empty' ~/events)" >> ~/events
git rm -q "$(git grep -lE 'AKIA[A-Z0-9]{16}')" && git commit -q -m "No keys in files" && git push -q
{ printf -- '---\nkey_id: %s\nexposed_at: "08:59:20"\nrevoked_at: "09:04:10"\nattacker_actions:\n' "$K"; jq -r '"  - { time: \"\(.eventTime)\", actor: \(.name), action: \(.eventName), address: \(.sourceIPAddress) }"' ~/events; printf 'follow_up: Give the sandbox keys that expire\n---\n'; } > incident.md
