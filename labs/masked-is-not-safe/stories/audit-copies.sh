# Everything that runs left behind.
trace any ci.logs ci.summaries ci.artifacts > copies || exit 0
dead=0
leaked=
for shown in $SHOWN; do
  case "$shown" in
    registry) id=npmToken ;;
    database) id=databaseUrl ;;
    deploy) id=deployToken ;;
    website) id=websiteToken ;;
  esac
  leaked="$leaked $id "
  [ "$(credential "$id" | jq .works)" = true ] || dead=1
done
while IFS=$'\t' read -r surface place id steps last; do
  evidence "$surface" "$place"
  case "$id" in
    npm* | registry*) kind="registry token" ;;
    database*) kind="database password" ;;
    *) kind="deploy token" ;;
  esac
  run=$(echo "$place" | grep -oE 'run [0-9]+' | head -n 1 | cut -d ' ' -f 2)
  if [ "$(credential "$id" | jq .works)" = true ]; then
    key=LIVE
    [ "$dead" = 1 ] && key=PARTLY
    case "$leaked" in *" $id "*) ;; *) key=FRESH ;; esac
  else
    key=DEAD
  fi
  where=$(echo "$surface" | sed 's/ci.logs/log/; s/ci.summaries/summary/; s/ci.artifacts/artifact/')
  echo "$key $run $where $kind" >> told
done < copies
# The worst first, and only that.
for key in LIVE PARTLY FRESH DEAD; do
  grep -q "^$key " told || continue
  read -r key run where kind <<< "$(grep "^$key " told | head -n 1)"
  found "$key" run="$run" where="$where" kind="$kind"
  break
done
exit 1
