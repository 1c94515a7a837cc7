# The account, three days ago; then a colleague's user on the day of the leak; then the push, 40 seconds before the lab begins.
as mina <<'MINA'
account=$(aws sts get-caller-identity --query Account --output text)
aws s3api create-bucket --bucket "lantern-$BUCKET" --create-bucket-configuration LocationConstraint=eu-north-1 > trust
trusts() { echo "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::$account:user/$1\"},\"Action\":\"sts:AssumeRole\"}]}"; }
allows() { echo "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":$1,\"Resource\":\"*\"}]}"; }
aws iam create-role --role-name "$ROLE" --assume-role-policy-document "$(trusts ci-sandbox)" > trust
aws iam put-role-policy --role-name "$ROLE" --policy-name users --policy-document "$(allows '["iam:*User*","iam:*AccessKey*"]')"
aws iam create-role --role-name "$OTHER" --assume-role-policy-document "$(trusts mina)" > trust
aws iam put-user-policy --user-name ci-sandbox --policy-name sandbox --policy-document "$(allows '["s3:ListAllMyBuckets","iam:ListRoles","sts:AssumeRole"]')"
MINA
cd tides
git init -q -b main
git remote add origin https://forge.test/lantern-tides/tides.git
git add . && git commit -q -m "Tide tables, and who uses which key"
git push -q -u origin main
for i in $(seq 71); do sleep 1h; done
sleep "$(( 3560 - AGO ))"
as mina 'aws iam create-user --user-name "$COLLEAGUE" > made; aws iam create-access-key --user-name "$COLLEAGUE" > made'
sleep "$AGO"
rules on lantern-tides/tides
printf 'AWS_ACCESS_KEY_ID=%s\nAWS_SECRET_ACCESS_KEY=%s\nREGION=eu-north-1\n' "$CI_KEY_ID" "$CI_KEY" > "$FILE"
git add . && git commit -q -m "Settings for the sandbox" && git push -q
as mina 'date +%s > pushed; gh api repos/lantern-tides/tides --jq .id > known; chat post general "A key of ci-sandbox is in the newest push of tides. Tell us here what you find." > said'
cd
