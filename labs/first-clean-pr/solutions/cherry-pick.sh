# expect: passed
# Committed with the password, seen before the push; a new branch takes the good commit.
bao read -format=json database/creds/dev > ~/login.json
login=$(jq -r '"\(.data.username):\(.data.password)"' ~/login.json)
url=postgres://$login@db.dev.lantern-tides.test:5432/tides
echo .env >> .gitignore
sed -i "s|\"databaseUrl\": .*|\"databaseUrl\": \"$url\"|" config/dev.json && git commit -q -a -m "Try it"
sed -i 's|int($2 / 10) / 10|$2 / 100|' tides.sh
git commit -q -m "Round heights" tides.sh
good=$(git rev-parse HEAD)
git reset -q --hard upstream/main
git cherry-pick "$good"
echo .env >> .gitignore
git commit -q -a -m "Ignore .env"
git push -q -u origin fix/rounding
gh pr create --repo lantern-tides/tides --title "Round heights" --body "Fixes #1."
sleep 1m
