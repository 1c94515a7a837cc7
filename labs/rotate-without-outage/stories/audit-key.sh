# What is with the old key, with the new ones, and who used the old one when.
credential oldKey > old
started=$(cat started)
# Uses of the old key by those who found it, and by everybody else: since, last.
jq -r '.uses[] | select(.result == "allowed") | [(if .address == "203.0.113.66" or .address == "198.51.100.7" or .address == "198.51.100.66" then "found" else "ours" end), (.sinceMs // .atMs), .atMs] | @tsv' old > uses
if [ "$(jq .works old)" = true ]; then
  while ! grep -q found uses && [ "$(date +%s)" -lt "$(( started + 7300 ))" ]; do
    sleep 5m
    credential oldKey | jq -r '.uses[] | select(.address == "203.0.113.66" and .result == "allowed") | ["found", .atMs, .atMs] | @tsv' > uses
  done
  at=$(grep found uses | head -n 1 | cut -f 2)
  if [ -n "$at" ]; then key=ANSWERED; found ANSWERED time="$(lab-time "${at%???}")"; else key=WORKS; found WORKS; fi
  evidence --of "$key" credential "$OLD_KEY_ID, tides-api"
  exit 1
fi
aws cloudtrail lookup-events --start-time "$started" > trail || exit 127
jq -r --arg k "$OLD_KEY_ID" '[.Events | reverse | .[].CloudTrailEvent | fromjson
  | select(.errorCode == null and .requestParameters.accessKeyId == $k) | (.eventTime | fromdate) as $at
  | if .eventName == "DeleteAccessKey" then ["deleted", $at] elif .requestParameters.status == "Inactive" then ["off", $at + 10] else empty end] | .[] | @tsv' trail > ends
off=$(head -n 1 ends | cut -f 2)
first=$(grep off ends | head -n 1 | cut -f 2)
deleted=$(grep deleted ends | cut -f 2)
failed=$(curl -s https://status.lantern-tides.test/api/tides-api | jq .failed_total)
bad=0
again=$(awk -v off="$off" '$1 == "found" && $3 / 1000 > off { print int($3 / 1000); exit }' uses)
[ -n "$again" ] && found AGAIN time="$(lab-time "$again")" && bad=1
before=$(awk -v off="$off" '$1 == "found" && $3 / 1000 <= off { print int($3 / 1000); exit }' uses)
[ -n "$before" ] && found LATE time="$(lab-time "$before")"
# An outage says more than how it came to be.
if [ "$failed" = 0 ]; then
  last=$(awk -v off="$off" '$1 == "ours" && $2 / 1000 < off { at = $3 / 1000; if (at > off) at = off; if (at > last) last = at } END { print int(off - last) }' uses)
  [ "$last" -lt 120 ] && found SILENT seconds="$last" && bad=1
  if [ -z "$deleted" ]; then found THERE; bad=1
  elif [ -z "$first" ] || [ "$(( deleted - first ))" -lt 300 ]; then found PAUSE; bad=1; fi
fi
trace oldKey fork:aya > copies && found FORK path="$(head -n 1 copies | cut -f 2 | cut -d ' ' -f 4 | sed 's,:[0-9]*$,,')" && evidence --of FORK fork:aya "$(head -n 1 copies | cut -f 2)"
# Keys that were made today and work: where they are stored, and where else they can be read.
made() { [ "$1" != oldKey ] && credential "$1" | jq -e --argjson from "$started" '.works and .issuer == "cloud" and .createdAtMs / 1000 >= $from' > page; }
stored-secrets > stored
while IFS=$'\t' read -r name shape scope holds; do
  case "$scope" in *lantern-tides/tides*) continue ;; esac
  repo=$(echo "$scope" | grep -o 'lantern-tides/[a-z]*' | cut -d / -f 2)
  case " $NIGHT" in *" ${repo:-none}="*) continue ;; esac
  for id in $holds; do
    made "$id" || continue
    found STORED place="$scope" name="$name"
    evidence --of STORED secret "$scope $name"
    bad=1
    break 2
  done
done < stored
trace any worktree index objects.reachable stash tags notes reflog objects.unreachable git.files shell.history disk remote pulls forge.text ci.logs ci.summaries ci.artifacts ci.caches releases mail > copies
while IFS=$'\t' read -r surface place id rest; do
  made "$id" || continue
  case "$surface" in
    ci.logs|ci.summaries|ci.artifacts|ci.caches) where="${surface#ci.} of the pipeline, " ;;
    disk) where="a file, " ;;
    *) where="$surface, " ;;
  esac
  found COPY place="$where$place"
  evidence --of COPY "$surface" "$place"
  bad=1
  break
done < copies
exit "$bad"
