# Teo releases again. Then it gets dark: every nightly job copies its tables.
repo=lantern-tides/tides
status=https://status.lantern-tides.test/api/tides-api
curl -s "$status" > before
as teo "gh workflow run deploy.yml -R $repo > page 2>&1" || { found RELEASE problem="cannot be started"; exit 1; }
sleep 2m
curl -s "$status" > after
bad=0
evening=$(date +%s)
for i in $(seq 24); do sleep 1h; done
# Where nothing works now, that is told already.
if [ "$(jq .healthy before)" = true ]; then
  problem=
  [ "$(gh api "repos/$repo/actions/workflows/deploy.yml/runs?per_page=1" --jq '.workflow_runs[0].conclusion')" = success ] || problem="does not arrive"
  [ "$(jq -r .deployed_at before)" != "$(jq -r .deployed_at after)" ] || problem="does not arrive"
  [ "$(curl -s "$status" | jq .failed_total)" = "$(jq .failed_total before)" ] || problem="leaves it without a key that works"
  [ -n "$problem" ] && found RELEASE problem="$problem" && bad=1
fi
for pair in $NIGHT; do
  repo=lantern-tides/${pair%=*} job=${pair#*=}
  copied=$(aws s3api head-object --bucket "$BUCKET" --key "$job/tables.csv" --query LastModified --output text) || exit 127
  [ "$(date -u -d "$copied" +%s)" -gt "$evening" ] && continue
  bad=1
  failed=$(gh api "repos/$repo/actions/runs?event=schedule&status=failure&per_page=1" --jq ".workflow_runs[0].created_at // empty")
  key=GONE
  [ -z "$failed" ] || key=NIGHT
  found "$key" job="$job" time="${failed:11:5}"
  evidence --of "$key" pipeline "$repo, $job"
done
exit "$bad"
