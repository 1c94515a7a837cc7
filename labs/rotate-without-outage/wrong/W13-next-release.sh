# expect: W13
# The environment lost the key after the deployment.
old=$(aws iam list-access-keys --user-name tides-api --query 'AccessKeyMetadata[0].AccessKeyId' --output text)
aws cloudtrail lookup-events --lookup-attributes "AttributeKey=AccessKeyId,AttributeValue=$old" | jq -r '.Events[].CloudTrailEvent | fromjson | select(.sourceIPAddress | startswith("192.0.2.")) | .eventTime[:16]' > ~/times
for repo in charts infra website; do gh run list -R "lantern-tides/$repo" --json createdAt --jq '.[].createdAt[:16]' | grep -qxFf ~/times && echo "lantern-tides/$repo"; done > ~/consumers
key=$(aws iam create-access-key --user-name tides-api --query AccessKey.SecretAccessKey --output text); new=$(aws iam list-access-keys --user-name tides-api --query "AccessKeyMetadata[?AccessKeyId!='$old'].AccessKeyId" --output text)
printf %s "$key" | gh secret set AWS_SECRET_ACCESS_KEY --env production; gh secret set AWS_ACCESS_KEY_ID --env production --body "$new"
for repo in $(cat ~/consumers); do printf %s "$key" | gh secret set AWS_SECRET_ACCESS_KEY -R "$repo"; gh secret set AWS_ACCESS_KEY_ID -R "$repo" --body "$new"; done
gh workflow run deploy.yml
sleep 5m
aws iam get-access-key-last-used --access-key-id "$old"
aws iam update-access-key --user-name tides-api --access-key-id "$old" --status Inactive
echo "Please remove the key file from your fork, in its history too." | mail -s "A key in your fork" aya@aya.example
sleep 10m
curl -s https://status.lantern-tides.test/api/tides-api
aws iam delete-access-key --user-name tides-api --access-key-id "$old"
gh secret delete AWS_SECRET_ACCESS_KEY --env production
