# What was there before the leak is there, and works.
missing() { found MISSING what="$1"; evidence cloud "$1"; exit 1; }
key=$(aws iam list-access-keys --user-name "$COLLEAGUE" --query "AccessKeyMetadata[?Status=='Active'].AccessKeyId" --output text) && [ -n "$key" ] || missing "The user $COLLEAGUE"
AWS_ACCESS_KEY_ID=$key AWS_SECRET_ACCESS_KEY=$(value "$key") aws sts get-caller-identity > page || missing "The key of $COLLEAGUE"
aws iam get-role --role-name "$OTHER" > page || missing "The role $OTHER"
