# expect: W10
# The user is gone, the session is not.
sleep 235
aws iam update-access-key --user-name ci-sandbox --access-key-id "$(git grep -hoE 'AKIA[A-Z0-9]{16}')" --status Inactive
K=$(git grep -hoE 'AKIA[A-Z0-9]{16}'); trail() { aws cloudtrail lookup-events --lookup-attributes "AttributeKey=AccessKeyId,AttributeValue=$1" | jq -c '.Events[] | .Username as $name | .CloudTrailEvent | fromjson | . + {name: $name}'; }
trail "$K" > ~/events && trail "$(jq -r 'select(.errorCode == null) | .responseElements.credentials.accessKeyId // empty' ~/events)" >> ~/events
aws iam delete-access-key --user-name svc-backup --access-key-id "$(jq -r '.responseElements.accessKey.accessKeyId // empty' ~/events)"
aws iam detach-user-policy --user-name svc-backup --policy-arn arn:aws:iam::aws:policy/AdministratorAccess && aws iam delete-user --user-name svc-backup
git rm -q "$(git grep -lE 'AKIA[A-Z0-9]{16}')" && git commit -q -m "No keys in files" && git push -q
{ printf -- '---\nkey_id: %s\nexposed_at: "08:59:20"\nrevoked_at: "09:04:10"\nattacker_actions:\n' "$K"; jq -r '"  - { time: \"\(.eventTime)\", actor: \(.name), action: \(.eventName), address: \(.sourceIPAddress) }"' ~/events; printf 'follow_up: Give the sandbox keys that expire\n---\n'; } > incident.md
