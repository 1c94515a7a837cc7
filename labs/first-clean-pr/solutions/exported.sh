# expect: passed
# Exported in the shell; the rule is in a file of one's own.
bao read -format=json database/creds/dev > ~/login.json
login=$(jq -r '"\(.data.username):\(.data.password)"' ~/login.json)
url=postgres://$login@db.dev.lantern-tides.test:5432/tides
export DATABASE_URL="$url"
echo .env >> .git/info/exclude
sed -i 's|int($2 / 10) / 10|$2 / 100|' tides.sh
npm test
git commit -q -a -m "Round heights"
git push -q -u origin fix/rounding
gh pr create --repo lantern-tides/tides --title "Round heights" --body "Fixes #1."
sleep 1m
