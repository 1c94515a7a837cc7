# Entries of main with what only a stranger's run could have put there.
trace starlingKey ci.caches | grep -F " of refs/heads/main " > copies
[ -s copies ] || exit 0
while IFS=$'\t' read -r surface place; do
  key=$(echo "$place" | sed 's/^cache \(.*\) of refs.*/\1/')
  made=$(gh api "repos/lantern-tides/tides/actions/caches?key=$key&ref=refs/heads/main" --jq '.actions_caches[0].created_at')
  run=$(gh api "repos/lantern-tides/tides/actions/runs?event=pull_request_target" --jq "[.workflow_runs[] | select(.run_started_at <= \"$made\")][0].run_number")
  evidence "$surface" "$place"
  found LEFT key="$key" run="$run"
done < copies
exit 1
