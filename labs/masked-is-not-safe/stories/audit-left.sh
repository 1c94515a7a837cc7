# What past runs were told to show is what leaked: four checks look at it, and at what is left.
leaked= dead=0 works=
for shown in $SHOWN; do
  case "$shown" in
    registry) id=npmToken name=NPM_TOKEN kind="registry token" ;;
    database) id=databaseUrl name=DATABASE_URL kind="database password" ;;
    deploy) id=deployToken name=DEPLOY_CONFIG kind="deploy token" ;;
    website) id=websiteToken name=WEBSITE_TOKEN kind="deploy token" ;;
  esac
  echo "$name" >> names
  leaked="$leaked $id "
  credential "$id" > "$id.json"
  if [ "$(jq .works "$id.json")" = true ]; then works="$works|$id|$kind"; else dead=1; fi
done
# The answer is a set: order and layout do not count.
sort names > true-names
as learner 'cat tides/leaked.yaml' 2> /dev/null | sed 's/#.*//' | grep -oE '[A-Z][A-Z0-9_]{2,}' | sort -u > answer
if [ -s answer ]; then
  wrong=$(comm -13 true-names answer | grep -c .)
  missing=$(comm -23 true-names answer | grep -c .)
  [ "$wrong$missing" = 00 ] || found OTHER wrong="$wrong" missing="$missing"
else
  found NONE
fi
# Everything that runs left behind.
trace any ci.logs ci.summaries ci.artifacts > copies
# Does a value that leaked still open something?
while IFS='|' read -r id kind; do
  [ -n "$id" ] || continue
  found WORKS
  evidence --of WORKS credential "a $kind that leaked works"
  cut -f 3 copies | grep -qx "$id" && continue
  at=$(jq -r '[.uses[] | select(.address == "198.51.100.7" or .address == "203.0.113.66") | .atMs] | first // empty' "$id.json")
  reader="It was public long enough to be read."
  [ -n "$at" ] && reader="A reader came at $(lab-time "$((at / 1000))")."
  found GONE kind="$kind" reader="$reader"
done <<< "$(sed 's/|\([^|]*|[^|]*\)/\1\n/g' <<< "$works")"
while IFS=$'\t' read -r surface place id steps last; do
  case "$id" in
    npm* | registry*) kind="registry token" ;;
    database*) kind="database password" ;;
    *) kind="deploy token" ;;
  esac
  run=$(echo "$place" | grep -oE 'run [0-9]+' | head -n 1 | cut -d ' ' -f 2)
  [ -f "$id.json" ] || credential "$id" > "$id.json"
  if [ "$(jq .works "$id.json")" = true ]; then
    key=LIVE
    [ "$dead" = 1 ] && key=PARTLY
    case "$leaked" in *" $id "*) ;; *) key=FRESH ;; esac
  else
    key=DEAD
  fi
  evidence --of "$key" "$surface" "$place"
  where=$(echo "$surface" | sed 's/ci.logs/log/; s/ci.summaries/summary/; s/ci.artifacts/artifact/')
  echo "$key $run $where $kind" >> told
done < copies
# The worst first, and only that.
for key in LIVE PARTLY FRESH DEAD; do
  grep -q "^$key " told 2> /dev/null || continue
  read -r key run where kind <<< "$(grep "^$key " told | head -n 1)"
  # As the page of the run names it.
  number=$(gh api "repos/lantern-tides/tides/actions/runs/$run" --jq .run_number) || number=$run
  found "$key" run="$number" where="$where" kind="$kind"
  break
done
# Is each stored secret one value?
stored-secrets > stored
while IFS=$'\t' read -r name shape scope holds; do
  [ "$shape" = text ] && continue
  evidence --of STRUCTURE secret "$name"
  found STRUCTURE name="$name" shape="$(echo "$shape" | tr a-z A-Z)"
  break
done < stored
exit 0
