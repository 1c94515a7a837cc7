# expect: passed W21
# Key and user go in the console of the cloud; what is left of the session, by a policy of the role.
sleep 235
#@ {"kind":"request","method":"PUT","url":"https://console.amazonaws.test/users/ci-sandbox/keys/1","body":"{\"status\":\"Inactive\"}"}
#@ {"kind":"request","method":"DELETE","url":"https://console.amazonaws.test/users/svc-backup","body":""}
K=$(git grep -hoE 'AKIA[A-Z0-9]{16}'); trail() { aws cloudtrail lookup-events --lookup-attributes "AttributeKey=AccessKeyId,AttributeValue=$1" | jq -c '.Events[] | .Username as $name | .CloudTrailEvent | fromjson | . + {name: $name}'; }
trail "$K" > ~/events && trail "$(jq -r 'select(.errorCode == null) | .responseElements.credentials.accessKeyId // empty' ~/events)" >> ~/events
aws iam put-role-policy --role-name "$(jq -r 'select(.errorCode == null and .eventName == "AssumeRole") | .requestParameters.roleArn | split("/") | last' ~/events)" --policy-name revoke-older-sessions --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"DateLessThan":{"aws:TokenIssueTime":"'"$(date -u +%FT%TZ)"'"}}}]}'
git rm -q "$(git grep -lE 'AKIA[A-Z0-9]{16}')" && git commit -q -m "No keys in files" && git push -q
{ printf -- '---\nkey_id: %s\nexposed_at: "08:59:20"\nrevoked_at: "09:04:10"\nattacker_actions:\n' "$K"; jq -r '"  - { time: \"\(.eventTime)\", actor: \(.name), action: \(.eventName), address: \(.sourceIPAddress) }"' ~/events; printf 'follow_up: Give the sandbox keys that expire\n---\n'; } > incident.md
