# expect: W4
# The user loses its rights for a while, so that the old key opens little.
old=$(aws iam list-access-keys --user-name tides-api --query 'AccessKeyMetadata[0].AccessKeyId' --output text)
aws cloudtrail lookup-events --lookup-attributes "AttributeKey=AccessKeyId,AttributeValue=$old" | jq -r '.Events[].CloudTrailEvent | fromjson | select(.sourceIPAddress | startswith("192.0.2.")) | .eventTime[:16]' > ~/times
for repo in charts infra website; do gh run list -R "lantern-tides/$repo" --json createdAt --jq '.[].createdAt[:16]' | grep -qxFf ~/times && echo "lantern-tides/$repo"; done > ~/consumers
key=$(aws iam create-access-key --user-name tides-api --query AccessKey.SecretAccessKey --output text); new=$(aws iam list-access-keys --user-name tides-api --query "AccessKeyMetadata[?AccessKeyId!='$old'].AccessKeyId" --output text)
printf %s "$key" | gh secret set AWS_SECRET_ACCESS_KEY --env production; gh secret set AWS_ACCESS_KEY_ID --env production --body "$new"
for repo in $(cat ~/consumers); do printf %s "$key" | gh secret set AWS_SECRET_ACCESS_KEY -R "$repo"; gh secret set AWS_ACCESS_KEY_ID -R "$repo" --body "$new"; done
gh workflow run deploy.yml
aws iam put-user-policy --user-name tides-api --policy-name own --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"203.0.113.66/32"}}}]}'
sleep 30m
