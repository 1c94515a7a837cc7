# expect: passed W20
# At T+2:00: it was tried, and the buckets were listed.
sleep 55
aws iam update-access-key --user-name ci-sandbox --access-key-id "$(git grep -hoE 'AKIA[A-Z0-9]{16}')" --status Inactive
K=$(git grep -hoE 'AKIA[A-Z0-9]{16}'); aws cloudtrail lookup-events --lookup-attributes "AttributeKey=AccessKeyId,AttributeValue=$K" | jq -c '.Events[] | .Username as $name | .CloudTrailEvent | fromjson | . + {name: $name}' > ~/events
git rm -q "$(git grep -lE 'AKIA[A-Z0-9]{16}')" && git commit -q -m "No keys in files" && git push -q
{ printf -- '---\nkey_id: %s\nexposed_at: "08:59:20"\nrevoked_at: "09:01:10"\nattacker_actions:\n' "$K"; jq -r '"  - { time: \"\(.eventTime)\", actor: \(.name), action: \(.eventName), address: \(.sourceIPAddress) }"' ~/events; printf 'follow_up: Give the sandbox keys that expire\n---\n'; } > incident.md
