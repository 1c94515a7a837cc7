# Debugging on, everything shown: Teo releases a version and waits until it is everywhere; then a release for each service
# that may be down. Two checks: what arrives, and what a run shows.
repo=lantern-tides/tides
gh variable set ACTIONS_STEP_DEBUG --body true --repo "$repo"
gh variable set DEBUG_SHOW --body "registry database deploy website" --repo "$repo"
# Whether a version is published, and both services run it.
arrived() {
  lost=
  for service in tides-api tides-web; do
    state=$(curl -s "https://status.lantern-tides.test/api/$service" | jq -r '"\(.version) \(.healthy)"')
    [ "$state" = "$1 true" ] || lost=${lost:-$service}
  done
  npm view "@lantern/tides@next" version | grep -qF "$1" || lost="the package"
  if [ -n "$lost" ]; then found LOST what="$lost"; else say "Version $1 is published, and both services run it."; fi
}
release() {
  export repo version=$1 sha=$(gh api "repos/$repo/contents/VERSION" --jq .sha 2> /dev/null)
  commit=$(as teo 'gh api -X PUT "repos/$repo/contents/VERSION" -f message="Release $version" -f content="$(echo "$version" | base64 -w0)" ${sha:+-f sha="$sha"} --jq .commit.sha')
  sleep 2m
  [ "$runs" != none ] || arrived "$1"
  run=$(gh api "repos/$repo/actions/runs?head_sha=$commit" --jq '.workflow_runs[].id' | head -n 1)
  [ -n "$run" ] || { found NOTHING; exit 1; }
  runs="$runs|$run"
}
# Tells each copy that a release left; exit 1 where there is none.
copies() {
  trace any ci.logs ci.summaries ci.artifacts --at "run ($runs) " > copies || return 1
  while IFS=$'\t' read -r surface place id steps last; do
    case "$id" in
      npm* | registry*) kind="registry token" ;;
      database*) kind="database password" ;;
      *) kind="deploy token" ;;
    esac
    line=${place##*:}
    step=$(echo "$place" | grep -oE 'step [0-9]+' | cut -d ' ' -f 2)
    count=$(echo "$steps" | grep -oE 'base64|hex|url|reverse|deflate|utf16|escape' | grep -c .)
    file=${place##* }
    case "$surface" in
      ci.artifacts) key=FILE; found FILE kind="$kind" file="${file%:*}" ;;
      *)
        where=$(echo "$surface" | sed 's/ci.logs/log/; s/ci.summaries/summary/')
        if [ "$last" -gt "$line" ]; then key=PIECES; found PIECES kind="$kind" line="$line" last="$last" step="$step"
        elif [ "$count" -gt 0 ]; then key=ENCODED; found ENCODED kind="$kind" line="$line" step="$step" count="$count"
        else key=OPEN; found OPEN kind="$kind" line="$line" step="$step" where="$where"; fi
        ;;
    esac
    evidence --of "$key" "$surface" "$place"
  done < copies
}
runs=none
blind=
release "2.$MINOR.90"
copies && exit 1
for host in registry.npm.test deploy.lantern-tides.test; do
  outage "$host" "$FAULT"
  release "2.$MINOR.91"
  outage "$host" off
  step=$(gh api "repos/$repo/actions/runs/$run/jobs" --jq '[.jobs[].steps[] | select(.conclusion == "failure") | .name] | first // empty')
  if [ -z "$step" ]; then blind="which step failed"
  elif ! { gh run view "$run" --repo "$repo" --log | cut -f 3- | sed 's/^[^ ]* //'; } | grep -qE "(^|[^0-9])$FAULT([^0-9]|$)"; then
    blind="why: its HTTP status is nowhere"
  fi
done
copies && exit 1
[ -z "$blind$lost" ] && exit 0
[ -n "$blind" ] || exit 1
found BLIND what="$blind"
exit 1
