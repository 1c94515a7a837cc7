# The account, the service, and who else uses its key; then one night; then the news.
as mina <<'MINA'
aws s3api create-bucket --bucket "$BUCKET" --create-bucket-configuration LocationConstraint=eu-north-1 > made
echo "harbour,height" > tables.csv && aws s3 cp tables.csv "s3://$BUCKET/tables.csv" > made
allows() { echo "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"s3:GetObject\",\"s3:PutObject\",\"s3:ListBucket\"],\"Resource\":[\"arn:aws:s3:::$BUCKET\",\"arn:aws:s3:::$BUCKET/*\"]}]}"; }
aws iam create-user --user-name reports > made
aws iam create-access-key --user-name reports --query AccessKey.SecretAccessKey --output text > reports.key
aws iam put-user-policy --user-name reports --policy-name tables --policy-document "$(allows)"
aws iam put-user-policy --user-name tides-api --policy-name tables --policy-document "$(allows)"
# A workflow in each other repository: at night where the key is used, by hand elsewhere, with a key of its own.
hour=$HOUR
for repo in infra charts website; do
  case " $NIGHT " in
    *" $repo="*) job=${NIGHT#*$repo=} job=${job%% *} id=$OLD_KEY_ID key=$OLD_KEY
      at=$hour; [ "${NIGHT%% *}" = "$repo=$job" ] || at=$(( HOUR + 1 ))
      when="schedule:
    - cron: \"$MINUTE $at * * *\"
  workflow_dispatch:" ;;
    *) job=report id=$(aws iam list-access-keys --user-name reports --query "AccessKeyMetadata[0].AccessKeyId" --output text) key=$(cat reports.key) when=workflow_dispatch: ;;
  esac
  cat > workflow.yml <<YAML
name: $job
on:
  $when
permissions: {}
jobs:
  $job:
    runs-on: ubuntu-latest
    steps:
      - env:
          AWS_ACCESS_KEY_ID: \${{ secrets.AWS_ACCESS_KEY_ID }}
          AWS_SECRET_ACCESS_KEY: \${{ secrets.AWS_SECRET_ACCESS_KEY }}
          AWS_REGION: eu-north-1
        run: aws sts get-caller-identity --query Arn && aws s3 cp s3://$BUCKET/tables.csv s3://$BUCKET/$job/tables.csv
YAML
  gh api -X PUT "repos/lantern-tides/$repo/contents/.github/workflows/$job.yml" -f message="A job for the tables" -f content="$(base64 -w0 workflow.yml)" --silent
  gh secret set AWS_ACCESS_KEY_ID -R "lantern-tides/$repo" -b "$id"
  gh secret set AWS_SECRET_ACCESS_KEY -R "lantern-tides/$repo" -b "$key"
done
rm reports.key workflow.yml
MINA
cd tides
git init -q -b main
git remote add origin https://forge.test/lantern-tides/tides.git
git add . && git commit -q -m "Tides" && git push -q -u origin main
gh api -X PUT repos/lantern-tides/tides/environments/production -F 'deployment_branch_policy[protected_branches]=false' -F 'deployment_branch_policy[custom_branch_policies]=true' --silent
gh api -X POST repos/lantern-tides/tides/environments/production/deployment-branch-policies -f name=main --silent
gh secret set DEPLOY_TOKEN -e production -b "$DEPLOY_VALUE"
gh secret set AWS_ACCESS_KEY_ID -e production -b "$OLD_KEY_ID"
gh secret set AWS_SECRET_ACCESS_KEY -e production -b "$OLD_KEY"
consumer tides-api "secrets of production" load=6 calls="s3:GetObject arn:aws:s3:::$BUCKET/*" aws_access_key_id="$OLD_KEY_ID" aws_secret_access_key="$OLD_KEY"
as aya <<'AYA'
gh repo fork lantern-tides/tides --clone > /dev/null 2>&1 && cd tides
mkdir -p "$(dirname "$FILE")" && printf 'To run it here:\nAWS_ACCESS_KEY_ID=%s\nAWS_SECRET_ACCESS_KEY=%s\n' "$OLD_KEY_ID" "$OLD_KEY" > "$FILE"
git add -f . && git commit -q -m "How I run it" && git push -q origin main
AYA
for i in $(seq 55); do sleep 1h; done
rules on lantern-tides/tides lantern-tides/infra lantern-tides/charts lantern-tides/website
as teo 'gh workflow run deploy.yml -R lantern-tides/tides > /dev/null'
for i in $(seq 16); do sleep 1h; done
sleep 59m
as mina 'date +%s > started; printf "The key %s of tides-api is in aya/tides, in %s. A bot called magpie has it and will try it at half past nine. Aya cleans her fork when you write to aya@aya.example.\n" "$OLD_KEY_ID" "$FILE" | mail -s "Our storage key" learner'
cd
