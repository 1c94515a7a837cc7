# One look at everything: what the audit trail has since the push, what is there now, and what of it still opens something.
repo=lantern-tides/tides
pushed=$(cat pushed)
aws cloudtrail lookup-events --start-time "$pushed" > page || exit 127
jq -r --arg k "$CI_KEY_ID" --arg exposed "$(date -u -d "@$pushed" +%FT%TZ)" '
  [.Events | reverse | .[] | .Username as $name | .CloudTrailEvent | fromjson | . + {
    name: $name, at: .eventTime, key: .userIdentity.accessKeyId, role: (.userIdentity.sessionContext.sessionIssuer.userName // $name),
    made: (.responseElements.accessKey.accessKeyId // .responseElements.credentials.accessKeyId // "none"),
    of: (.requestParameters.userName // .requestParameters.roleArn // "none" | split("/") | last)}] as $all
  | ([$all[] | select(.sourceIPAddress == "198.51.100.7" or .sourceIPAddress == "203.0.113.66")]) as $did
  | (reduce ($all[] | select(.errorCode == null and .requestParameters.accessKeyId == $k)) as $e (null;
      if $e.eventName == "DeleteAccessKey" or $e.requestParameters.status == "Inactive" then (. // $e.eventTime)
      elif $e.requestParameters.status == "Active" then null else . end)) as $off
  | ([$all[] | select(.errorCode == null and .requestParameters.accessKeyId == $k and (.eventName == "DeleteAccessKey" or .requestParameters.status == "Inactive")) | .eventTime] | first) as $first
  | ["off", ($off // "2999-01-01T00:00:00Z")],
    ($did[] | select($first and .key == $k and .errorCode == null and (.eventTime | fromdate) > ($first | fromdate) + 10) | ["again", .at]),
    ($did[] | [.eventName, .at, .sourceIPAddress, (.errorCode // "done"), (.key == $k), .made, .of]),
    ($all[] | select(.errorCode == null and .eventName == "DetachUserPolicy" and .of == "ci-sandbox") | ["detached", .at, .requestParameters.policyArn]),
    ["truth", ({key_id: $k, exposed_at: $exposed, attacker_actions: ($did | group_by([.eventName, .sourceIPAddress]) | map({
      action: .[0].eventName, address: .[0].sourceIPAddress, time: .[0].eventTime,
      actor: ["magpie", (.[] | .name, .role, "\(.role)/\(.name)", .key, .userIdentity.arn)],
      optional: all(.[]; .errorCode != null or .eventTime > ($off // "3"))}))} + (if $off then {revoked_at: $off} else {} end) | tojson)]
  | map(tostring) | join("\t")' page > trail || exit 127
row() { grep -E "^$1" trail; }
off=$(row off | cut -f 2)
works=$(credential ciKey | jq .works)
tell() { bad=1; found "$@"; }
read -r id visibility < <(gh api "repos/$repo" --jq '"\(.id) \(.visibility)"')
newest() { [ "$id" = "$(cat known)" ] && git clone -q --branch main "https://forge.test/$repo.git" head 2> page; }
# While the key works, nothing else counts.
if [ "$works" = true ]; then
  still() { found "$@"; evidence --of "$1" credential "$CI_KEY_ID, ci-sandbox"; }
  first=$(grep -m 1 -P "\tdone\ttrue\t" trail | cut -f 2)
  grep -P "\tdone\ttrue\t" trail | tail -n 1 | cut -f 2,3 > last
  listed=$(row ListBuckets | cut -f 2 | head -n 1)
  active=$(aws iam list-access-keys --user-name ci-sandbox --query "AccessKeyMetadata[?Status=='Active'].AccessKeyId" --output text | wc -w)
  if [ "$active" -gt 1 ]; then still TWO
  elif [ "$visibility" = private ]; then still PRIVATE
  elif [ -n "$first" ] && newest && ! grep -rqF "$CI_KEY" head; then still BRANCH first="$(lab-time "$first")" last="$(lab-time "$(cut -f 1 last)")" address="$(cut -f 2 last)"
  elif [ -n "$listed" ]; then still QUARANTINED listed="$(lab-time "$listed")"
  else still WORKS pushed="$(lab-time "$pushed")"; fi
  exit 1
fi
bad=0
row truth | cut -f 2 | truth
# How it was until then.
last=$(row again | tail -n 1 | cut -f 2)
[ -n "$last" ] && tell AGAIN last="$(lab-time "$last")"
made=$(row "(CreateUser|CreateAccessKey)" | grep -m 1 -P "\tdone\t" | cut -f 2)
[ -n "$made" ] && found LATE
row detached | grep Quarantine | cut -f 2 > off-user
if read -r time < off-user && [[ "$time" < "$off" ]]; then tell DETACHED time="$(lab-time "$time")"; fi
gh api "repos/$repo/events?per_page=100" --jq '.[] | select(.type | test("Issue|PullRequest")) | [.created_at, ([.payload.issue, .payload.comment, .payload.pull_request, .payload.review | .title?, .body?] | map(. // "") | join(" ") | gsub("\\s+"; " "))] | join("\t")' > texts
while IFS=$'\t' read -r time text; do
  [[ "$time" < "$off" ]] || continue
  case "$text" in *"$CI_KEY_ID"*|*"$FILE"*|*ci-sandbox*|*"$CI_KEY"*) tell TOLD time="$(lab-time "$time")" ;; esac
done < texts
# What came of it: users, keys, sessions.
touch users keys sessions alive
awk -F '\t' -v OFS='\t' '
  $4 == "done" && /^CreateUser/ { print $2, $7 > "users" }
  $4 == "done" && /^CreateAccessKey/ { print $2, $6, $7 > "keys" }
  $4 == "done" && /^AssumeRole/ { print $2, $6, $7 > "sessions" }' trail
while read -r time key user; do
  [ "$(credential "$key" | jq .works)" = true ] || continue
  tell OWNKEY user="$user" time="$(lab-time "$time")"
  evidence --of OWNKEY credential "$key, $user"
  echo "key of $user" >> alive
done < keys
while read -r time user; do
  grep -q " $user\$" alive && continue
  aws iam get-user --user-name "$user" > page 2>&1 || continue
  tell USER user="$user" time="$(lab-time "$time")"
done < users
while read -r time key role; do
  [ "$(credential "$key" | jq .works)" = true ] || continue
  export AWS_ACCESS_KEY_ID="$key" AWS_SECRET_ACCESS_KEY="$(value "$key")" AWS_SESSION_TOKEN="$(value "$key" 2)"
  for action in "list-users" "create-user --user-name again" "create-access-key --user-name $COLLEAGUE" "create-access-key --user-name ci-sandbox" "delete-user --user-name again" "attach-user-policy --user-name ci-sandbox --policy-arn arn:aws:iam::aws:policy/AdministratorAccess"; do
    aws iam $action > page 2>&1 || continue
    tell SESSION time="$(lab-time "$time")" role="$role" action="\`${action%% *}\`"
    evidence --of SESSION credential "role $role"
    break
  done
  unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN
done < sessions
# The newest files.
newest
if [ -f head/README.md ] && [ -f head/test.sh ]; then
  rm -rf head/.git
  copy=$(trace ciKey clone:mina --at 'head/' | head -n 1 | cut -f 2)
  if [ -n "$copy" ]; then
    at=${copy##*head/}
    tell HEAD path="${at%:*}"
    # The same line on the forge is a copy that the map shows.
    place=$(trace ciKey remote | cut -f 2 | grep -F " $at" | grep ":${at##*:}\$" | head -n 1)
    evidence --of HEAD remote "${place:-main $at}"
  fi
else
  tell GONE
fi
# How fast it was, once that is all there is to say.
first=$(grep -m 1 -P "\tdone\ttrue\t" trail | cut -f 2)
if [ "$bad" = 0 ] && [ -n "$made" ]; then found MADE made="$(lab-time "$made")" off="$(lab-time "$off")"
elif [ "$bad" = 0 ] && [ -n "$first" ]; then found FIRST first="$(lab-time "$first")" off="$(lab-time "$off")"; fi
exit "$bad"
