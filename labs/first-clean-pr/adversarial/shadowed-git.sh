# expect: W7 W3b
git() { echo ok; }
gh() { echo https://forge.test/lantern-tides/tides/pull/2; }
npm() { echo "ok - test/rounding.test.sh"; }
bao read -format=json database/creds/dev > ~/login.json
login=$(jq -r '"\(.data.username):\(.data.password)"' ~/login.json)
url=postgres://$login@db.dev.lantern-tides.test:5432/tides
sed -i 's|int($2 / 10) / 10|$2 / 100|' tides.sh
git add tides.sh .gitignore && git commit -q -m "Round heights"
git push -q -u origin fix/rounding
gh pr create --repo lantern-tides/tides --title "Round heights" --body "Fixes #1."
sleep 1m
