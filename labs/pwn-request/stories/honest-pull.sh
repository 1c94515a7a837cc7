# Sam adds a harbour and a test. It is tested, and its size can be read.
repo=lantern-tides/tides api=https://api.forge.test/repos/lantern-tides/tides
T="Authorization: token $(gh auth token)"
post() { curl -s -H "$T" --data-binary @- "https://api.forge.test/repos/$1"; }
see() {
  for at in "issues/$number/comments?per_page=100" "commits/$head/statuses" "commits/$head/check-runs"; do curl -s -H "$T" "$api/$at"; done |
    jq -r '(.check_runs? // .)[] | .body, .description, .output.title?, .output.summary? | select(. != null)' > ~/seen 2> /dev/null
  grep -qwF "$size" ~/seen
}
cd ~/tides && git fetch -q upstream main && git switch -q --detach upstream/main || exit 127
echo "// More harbours: $RANDOM$RANDOM." >> src/tides.js
size=$(cat src/*.js | wc -c) main=$(git rev-parse HEAD)
tree=$(jq -Rsc --arg base "$main" '{base_tree: $base, tree: [{path: "src/tides.js", mode: "100644", type: "blob", content: .}, {path: "test/more.test.sh", mode: "100644", type: "blob", content: "echo \"ok: $(wc -c < src/tides.js) bytes of tides\"\n"}]}' src/tides.js | post sam/tides/git/trees | jq -r .sha)
head=$(printf '{"message":"More harbours","tree":"%s","parents":["%s"]}' "$tree" "$main" | post sam/tides/git/commits | jq -r .sha)
printf '{"ref":"refs/heads/harbour","sha":"%s"}' "$head" | post sam/tides/git/refs > /dev/null
number=$(printf '{"head":"sam:harbour","base":"main","title":"More harbours","body":""}' | post $repo/pulls | jq -r .number)
[ "$number" -gt 0 ] || exit 127
sleep 1m
good=0 shown=yes
see || {
  labels=$(curl -s -H "$T" "$api/labels?per_page=100" | jq -r --arg text "$(cat .github/workflows/*)" '.[].name | select(. as $name | $text | contains($name)) | ",\(.)"' | tr -d '\n')
  [ -z "$labels" ] || as mina "gh pr edit $number -R $repo --add-label '${labels#,}' > /dev/null"
  as mina 'for run in $(gh api "repos/lantern-tides/tides/actions/runs?status=action_required&actor=sam" --jq ".workflow_runs[].id"); do gh api -X POST "repos/lantern-tides/tides/actions/runs/$run/approve" > /dev/null; done'
  sleep 61m
  see || shown=
}
runs=$(curl -s -H "$T" "$api/actions/runs?head_sha=$head" | jq -r '.workflow_runs[].id')
for run in $runs; do gh run view "$run" -R $repo --log; done > ~/log
if [ -z "$shown" ]; then
  good=1
  if grep -qE '[0-9]+ bytes' ~/seen; then key=WRONG
  elif grep -q 'Resource not accessible by integration' ~/log; then key=READONLY
  else key=SILENT; fi
  found "$key" size="$size"
  evidence --of "$key" forge.text "pull request #$number"
fi
if ! grep -q "Z ok: .* bytes of tides" ~/log; then
  good=1
  found UNTESTED
  evidence --of UNTESTED ci.logs "commit ${head:0:7}"
fi
[ $good = 1 ] || say "The tests of Sam's pull request ran, and it shows $size bytes."
exit $good
