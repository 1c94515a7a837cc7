# expect: passed
# A second user for the service and one for the jobs, with the same rights; secrets go in by file.
old=$(aws iam list-access-keys --user-name tides-api --query 'AccessKeyMetadata[0].AccessKeyId' --output text)
aws cloudtrail lookup-events --lookup-attributes "AttributeKey=AccessKeyId,AttributeValue=$old" | jq -r '.Events[].CloudTrailEvent | fromjson | select(.sourceIPAddress | startswith("192.0.2.")) | .eventTime[:16]' > ~/times
for repo in charts infra website; do gh run list -R "lantern-tides/$repo" --json createdAt --jq '.[].createdAt[:16]' | grep -qxFf ~/times && echo "lantern-tides/$repo"; done > ~/consumers
aws iam get-user-policy --user-name tides-api --policy-name tables --query PolicyDocument > /tmp/policy.json
for user in tides-api-2 nightly; do aws iam create-user --user-name $user > /dev/null; aws iam put-user-policy --user-name $user --policy-name tables --policy-document file:///tmp/policy.json; aws iam create-access-key --user-name $user > /tmp/$user.json; done
jq -r .AccessKey.SecretAccessKey /tmp/tides-api-2.json | gh secret set AWS_SECRET_ACCESS_KEY --env production; jq -r .AccessKey.AccessKeyId /tmp/tides-api-2.json | gh secret set AWS_ACCESS_KEY_ID --env production
for repo in $(cat ~/consumers); do jq -r .AccessKey.SecretAccessKey /tmp/nightly.json | gh secret set AWS_SECRET_ACCESS_KEY -R "$repo"; jq -r .AccessKey.AccessKeyId /tmp/nightly.json | gh secret set AWS_ACCESS_KEY_ID -R "$repo"; done
rm /tmp/tides-api-2.json /tmp/nightly.json
gh workflow run deploy.yml
sleep 5m
aws iam get-access-key-last-used --access-key-id "$old"
aws iam update-access-key --user-name tides-api --access-key-id "$old" --status Inactive
echo "Please remove the key file from your fork, in its history too." | mail -s "A key in your fork" aya@aya.example
sleep 10m
curl -s https://status.lantern-tides.test/api/tides-api
aws iam delete-access-key --user-name tides-api --access-key-id "$old"
