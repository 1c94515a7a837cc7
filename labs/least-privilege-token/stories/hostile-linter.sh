# Sam's account was taken over. The tag moves; a pinned version is brought along by an update that looks like any other.
# Teo's pull request has something for the linter to find: what it may not do, and what it must still do, is seen in one play.
export NEXT="$(cat ~/next)" BRANCH="tide-$(date +%s)"
repo=lantern-tides/tides
gh api -X PATCH repos/sam/harbour-lint/git/refs/tags/v1 -f sha="$NEXT" -F force=true > /dev/null
before=$(loot starling | wc -l)
asked() { credential cloudKey | jq '[.uses[] | select(.result == "allowed")] | length'; }
earlier=$(asked)
as teo <<'TEO' > url || exit 127
cd ~/tides && git fetch -q origin main && git switch -q -c "$BRANCH" FETCH_HEAD || exit 127
find .github -name '*.y*ml' -exec sed -i -E "/harbour-lint@v1[\"']?\s*$/! s#(sam/harbour-lint)@[^ \"']+#\1@$NEXT#" {} +
printf 'export const tide = 1;  \n' > "src/$BRANCH.js"
git add . && git commit -q -m "One more tide" && git push -q origin "$BRANCH"
gh api repos/lantern-tides/tides/pulls -f head="$BRANCH" -f base=main -f title="One more tide" --jq .url
TEO
sleep 3m
# The log of every job says what its token may do. One job adds labels, and it is not the one that lints.
more= writers=0 logs= run=none
list=$(gh run list --repo $repo --branch "$BRANCH" --json databaseId,conclusion --jq '.[] | "\(.databaseId) \(.conclusion)"')
for run in $(cut -d ' ' -f 1 <<< "$list"); do
  while read -r id job; do
    own=$(gh api "repos/$repo/actions/jobs/$id/logs")
    logs="$logs$own"
    over=$(grep -oE 'Z [A-Z][A-Za-z]*: (read|write)$' <<< "$own" | cut -c 3- | grep -vE '^(Metadata|Contents|Packages|PullRequests|Issues): read$')
    if [ "$writers" = 0 ] && ! grep -q harbour-lint <<< "$own" && grep -qE '^(PullRequests|Issues): write$' <<< "$over"; then
      writers=1 over=$(grep -vE '^(PullRequests|Issues): write$' <<< "$over")
    fi
    [ -n "$over" ] || continue
    more=$(head -n 3 <<< "$over" | paste -sd , - | sed 's/,/, /g')$(tail -n +4 <<< "$over" | sed -n '$=' | sed 's/.*/ and & more/')
    found TOO-MUCH job="$job" permissions="$more"
  done < <(gh api "repos/$repo/actions/runs/$run/jobs" --jq '.jobs | sort_by(.name) | .[] | "\(.id) \(.name)"')
done
[ -z "$more" ] || say "A job may do more than it needs."
loot starling | tail -n "+$((before + 1))" > ~/stolen
names= did=
if [ -s ~/stolen ]; then
  trace any clone:sam --at stolen | cut -f 3 > ~/read
  for pair in "$NPM npmToken" "$CLOUD cloudKey" "$PAT minaToken" "PULLS_TOKEN labelsToken" "CHAT_HOOK chatHook" "IMAGE_TOKEN imageToken" "ERRORS_KEY errorsKey"; do
    grep -qx "${pair#* }" ~/read && names="${names:+$names, }${pair%% *}"
  done
  grep -q '^push 201' ~/stolen && did="push a branch"
  grep -q '^dispatch 204' ~/stolen && did="${did:+$did, }start a release"
  grep -q '^approve 200' ~/stolen && did="${did:+$did, }approve a pull request"
fi
[ -z "$names" ] || { found SECRET names="$names"; say "The linter read $names."; }
[ -z "$did" ] || { found WRITE what="$did"; say "The linter could $did."; }
[ -n "$names$did" ] || say "The linter sent home no secret. A push, a release and an approval were refused."
# What Teo sees.
bad=0
if ! gh api "$(cat url | sed 's|/pulls/|/issues/|')/labels" --jq '.[].name' | grep -qx "$LABEL"; then
  if grep -qE '(PullRequests|Issues): write' <<< "$logs"; then found NO-LABEL run="$run"; else found NO-PERMISSION; fi
  say "Teo's pull request has no label."; bad=1
fi
if ! grep -q ' failure$' <<< "$list" || ! grep -q "$BRANCH.js:1:" <<< "$logs"; then
  found NO-LINT; say "Nobody saw the spaces at the end of a line."; bad=1
fi
[ "$(asked)" -gt "$earlier" ] || { found NO-STAGING; say "Nobody asked what runs in staging."; bad=1; }
[ "$bad" = 0 ] && say "The pull request has its label, and the linter found the spaces."
[ -n "$names$did$more" ]
