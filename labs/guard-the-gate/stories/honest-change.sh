# Teo brings clean work: a pull request that gets its checks, lands, and leaves main green.
api=repos/lantern-tides/tides
git clone -q https://forge.test/lantern-tides/tides.git try && cd try || exit 1
git switch -q -c manual
echo "Heights are in metres." >> README.md
git commit -q -a -m "Say what heights are" && git push -q origin manual || { found KEPT; exit 1; }
pull=$(gh api $api/pulls -f title="Say what heights are" -f head=manual -f base=main --jq .number)
sleep 12m
name=$(gh api "$api/actions/runs?branch=manual&event=pull_request" --jq '[.workflow_runs[] | select(.conclusion != "success") | .name][0] // ""')
if [ -n "$name" ]; then
  found RED name="$name"
  say "The check $name is not green on clean work."
  exit 1
fi
land() { gh api -X PUT $api/pulls/$pull/merge --silent || gh api -X PUT $api/pulls/$pull/merge -f merge_method=squash --silent; }
if ! land; then
  as mina "gh pr review $pull -R lantern-tides/tides --approve" > approved.txt 2>&1
  land || { found KEPT; say "Teo's clean pull request cannot be merged."; exit 1; }
fi
sleep 8m
git pull -q origin main
landed="branch=main&event=push&head_sha=$(git rev-parse FETCH_HEAD)"
gh api "$api/actions/runs?$landed" --jq '.workflow_runs[] | "\(.conclusion) \(.id) \(.name)"' > landed.txt
name=$(grep -v ^success landed.txt | head -1 | cut -d' ' -f3-)
[ -z "$name" ] || { found RED name="$name"; exit 1; }
# The tests ran on main, and without their fixture they fail.
while read -r conclusion id name; do gh run view "$id" --log | grep -q "key: ok" && used=yes && break; done < landed.txt
[ -n "$used" ] || { found UNUSED; exit 1; }
echo broken > test/fixtures/rsa-test.pem
if npm test > tested.txt 2>&1; then found UNUSED; exit 1; fi
say "The change landed, main is green, and the tests read the fixture."
