# A pull request with something for the linter to find.
allowed() { credential cloudKey | jq '[.uses[] | select(.result == "allowed")] | length'; }
before=$(allowed) name="tide-$(date +%s)"
rm -rf pull && git clone -q https://forge.test/lantern-tides/tides.git pull && cd pull || exit 127
git switch -q -c "$name"
printf 'export const tide = 1;  \n' > "src/$name.js"
git add . && git commit -q -m "One more tide" && git push -q origin "$name" || exit 127
url=$(gh pr create --title "One more tide" --body "" --head "$name")
sleep 3m
bad=0 log=
list=$(gh run list --branch "$name" --json databaseId,conclusion --jq '.[] | "\(.databaseId) \(.conclusion)"')
runs=$(cut -d ' ' -f 1 <<< "$list")
for run in $runs; do log="$log$(gh run view "$run" --log)"; done
run=${runs%%[!0-9]*} run=${run:-none}
if ! gh pr view "${url##*/}" --json labels --jq '.labels[].name' | grep -qx "$LABEL"; then
  if grep -qE '(PullRequests|Issues): write' <<< "$log"; then found NO-LABEL run="$run"; else found NO-PERMISSION; fi
  say "Teo's pull request has no label."; bad=1
fi
if ! grep -q ' failure$' <<< "$list" || ! grep -q "$name.js:1:" <<< "$log"; then
  found NO-LINT; say "Nobody saw the spaces at the end of a line."; bad=1
fi
[ "$(allowed)" -gt "$before" ] || { found NO-STAGING; say "Nobody asked what runs in staging."; bad=1; }
[ "$bad" = 0 ] && say "The pull request has its label, and the linter found the spaces."
exit "$bad"
