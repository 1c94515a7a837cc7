# expect: W1
# A good folder here, another branch from a second clone.
bao read -format=json database/creds/dev > ~/login.json
login=$(jq -r '"\(.data.username):\(.data.password)"' ~/login.json)
url=postgres://$login@db.dev.lantern-tides.test:5432/tides
echo .env >> .gitignore
sed -i 's|int($2 / 10) / 10|$2 / 100|' tides.sh
git add tides.sh .gitignore && git commit -q -m "Round heights"
git clone -q https://forge.test/learner/tides.git /tmp/second && cd /tmp/second && git switch -q -c fix/rounding
sed -i "s|\"databaseUrl\": .*|\"databaseUrl\": \"$url\"|" config/dev.json
sed -i 's|int($2 / 10) / 10|$2 / 100|' tides.sh
git commit -q -a -m "Round heights"
git push -q -u origin fix/rounding
gh pr create --repo lantern-tides/tides --title "Round heights" --body "Fixes #1."
sleep 1m
