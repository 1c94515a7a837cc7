# Does a value that leaked still open something?
status=0
for shown in $SHOWN; do
  case "$shown" in
    registry) id=npmToken kind="registry token" ;;
    database) id=databaseUrl kind="database password" ;;
    deploy) id=deployToken kind="deploy token" ;;
    website) id=websiteToken kind="deploy token" ;;
  esac
  credential "$id" > record.json
  [ "$(jq .works record.json)" = true ] || continue
  status=1
  evidence credential "a $kind that leaked works"
  trace "$id" ci.logs ci.summaries ci.artifacts > /dev/null && continue
  at=$(jq -r '[.uses[] | select(.address == "198.51.100.7" or .address == "203.0.113.66") | .atMs] | first // empty' record.json)
  reader="It was public long enough to be read."
  [ -n "$at" ] && reader="A reader came at $(date -u -d "@$((at / 1000))" +%H:%M)."
  found GONE kind="$kind" reader="$reader"
done
exit "$status"
