# Teo changes the heights. cuckoo downloads 40 seconds after the upload, while the tests run, and once more at the end.
# Then Teo looks for his page and his build.
repo=lantern-tides/tides
height="2.$MINOR m, 2.8 m"
everywhere="ci.artifacts ci.caches ci.logs ci.summaries releases"
sha=$(gh api "repos/$repo/contents/heights.txt" --jq .sha)
commit=$(gh api -X PUT "repos/$repo/contents/heights.txt" -f message="Measured again" -f content="$(echo "$height" | base64)" -f sha="$sha" --jq .commit.sha)
sleep 90s
runs=$(gh api "repos/$repo/actions/runs?head_sha=$commit" --jq '[.workflow_runs[].id] | join("|")')
runs=${runs:-none}
early=$(trace jobs ci.artifacts --at "run ($runs) " | cut -f 3 | sort -u)
alive=" $(for id in $early; do [ "$(credential "$id" | jq .works)" = true ] && echo -n "$id "; done)"
sleep 8m
trace every $everywhere --at "run ($runs) |^asset|^cache" > copies
for run in ${runs//|/ }; do gh run download "$run" -R "$repo" -D "got/$run" > /dev/null 2>&1; done
# What was published is public as well.
mkdir published
curl -s "$(npm view @lantern/tides@next dist.tarball)" | tar -xz -C published 2> /dev/null
trace every clone:teo --at "published/" >> copies
status=0
while IFS=$'\t' read -r surface place id rest; do
  kind="registry token" state=alive
  case "$id" in
    job-*) kind="job token"; [[ "$alive" = *" $id "* ]] || state=dead ;;
    *) [ "$(credential "$id" | jq .works)" = true ] || continue ;;
  esac
  [ "$surface" = clone:teo ] && surface=npm.tarballs place="@lantern/tides@next ${place#*published/package/}"
  printf '%s\t%s\n' "$surface" "$place" >> places
  words=${place%:*}
  artifact=${words#artifact }
  printf '%s\t%s\t%s\t%s\t%s\n' "$state" "$surface" "$kind" "${artifact% of run *}" "${words#*run [0-9]* }"
done < copies > gains
tell() { key=$1; found "$1" kind="$kind" artifact="$artifact" file="$file"; }
if [ -s gains ]; then
  status=1
  # What works goes before what is dead, and artifacts before all else.
  IFS=$'\t' read -r state surface kind artifact file <<< "$(sort -s -t $'\t' -k 1,2 gains)"
  if [ "$surface" != ci.artifacts ]; then
    key=ELSEWHERE
    found ELSEWHERE kind="$kind" where="$(echo "$surface" | sed 's/ci.//; s/summaries/summary/; s/npm.tarballs/package/; s/s$//')"
  elif [ "$state" = dead ]; then tell DEAD
  else
    listed=$(gh api "repos/$repo/actions/artifacts?per_page=20" --jq ".artifacts[] | select(.workflow_run.head_sha == \"$commit\") | \"\(.name)\t\((.expires_at | fromdate) - (.created_at | fromdate))\"")
    clean=$(echo "$listed" | cut -f 1 | grep -vxF "$(cut -f 4 gains)" | grep -c .)
    kept=$(echo "$listed" | grep "^$artifact"$'\t' | head -n 1 | cut -f 2)
    if [ "$kind" = "job token" ] && [ "$clean" -gt 0 ]; then tell ONE
    elif [ "$kept" -le 172800 ]; then tell SHORT
    elif [ "$kind" = "job token" ]; then tell JOB
    elif grep -qi includeif got/*/"$artifact"/.git/config 2> /dev/null; then tell NEWER
    else tell OTHER; fi
  fi
  while IFS=$'\t' read -r surface place; do evidence --of "$key" "$surface" "$place"; done < places
else
  # What is locked: passwords that stand in the repository are tried.
  locked=$(grep -rl '^Salted__' got 2> /dev/null)
  if [ -n "$locked" ]; then
    mkdir open
    git clone -q "https://forge.test/$repo.git" code
    lines=$(cat code/.github/workflows/* code/*.sh)
    echo "$lines" | sed -nE "s/.*openssl.*(pass:|-k )['\"]?([^ '\"]+).*/\2/p" > words
    for name in $(echo "$lines" | sed -nE 's/.*openssl.*env:(\w+).*/\1/p'); do echo "$lines" | sed -nE "s/^ *$name: ['\"]?([^'\"]+).*/\1/p" >> words; done
    for box in $locked; do while read -r word; do for how in "-pbkdf2" ""; do
      openssl enc -d -aes-256-cbc $how -pass "pass:$word" -in "$box" -out opened 2> /dev/null || continue
      (cd open && tar -xzf ../opened || cp ../opened .) 2> /dev/null
      token=$(grep -rhoE 'npm_[A-Za-z0-9]{36}|basic [A-Za-z0-9+/=]{40,}' open | head -n 1)
      [ -n "$token" ] || continue
      kind="registry token" file=${box#got/*/*/}
      case "$token" in basic*) kind="job token" ;; esac
      evidence --of LOCKED ci.artifacts "$file"
      found LOCKED kind="$kind" file="$file"
      status=1
      break 3
    done; done < words; done
    # No secret goes into the workflow but the token itself: then the password is made of what everybody can read.
    if [ "$status" = 0 ] && ! grep -o 'secrets\.[A-Za-z0-9_]*' <<< "$lines" | grep -qvx secrets.NPM_TOKEN; then
      evidence --of LOCKED ci.artifacts "$(head -n 1 <<< "$locked" | sed 's|got/[0-9]*/||')"
      found LOCKED kind="copy of what the build had" file="$(head -n 1 <<< "$locked" | sed 's|.*/||')"
      status=1
    fi
  fi
fi
# A job may write contents where its run made a release.
made=$(gh api "repos/$repo/releases" --jq 'map(.assets | length) | add // 0')
for run in ${runs//|/ }; do
  [ "$run" = none ] && break
  while read -r id name; do
    [ "$(credential "job-$id" 2> /dev/null | jq -r .grants.permissions.contents)" = write ] || continue
    made=$(( made - 1 ))
    [ "$made" -ge 0 ] && continue
    found WIDE job="$name"
    evidence --of WIDE ci.logs "job $name, contents: write"
    status=1
    break
  done < <(gh api "repos/$repo/actions/runs/$run/jobs" --jq '.jobs[] | "\(.id) \(.name)"')
done
[ "$status" = 0 ] && say "cuckoo downloaded what the run uploaded, and found nothing that opens anything."
# What others need of it.
mkdir -p got open
grep -rqF "$height" --include=index.html got || gh release download -R "$repo" -p "*" -D got/release > /dev/null 2>&1
if ! grep -rqF "$height" --include=index.html got open 2> /dev/null; then
  found UNSEEN
  evidence --of UNSEEN ci.artifacts "index.html"
  status=1
fi
number=$(gh api "repos/$repo/actions/runs?head_sha=$commit" --jq '[.workflow_runs[].run_number | tostring] | join("|")')
if ! npm view @lantern/tides@next version 2> /dev/null | grep -qE "build\.(${number:-none})\$"; then
  found UNPUBLISHED
  evidence --of UNPUBLISHED npm.tarballs "@lantern/tides@next"
  status=1
fi
exit "$status"
