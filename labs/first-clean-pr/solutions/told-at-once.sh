# expect: passed
# Pushed with the password. The login is ended, and another branch takes the place.
bao read -format=json database/creds/dev > ~/login.json
login=$(jq -r '"\(.data.username):\(.data.password)"' ~/login.json)
url=postgres://$login@db.dev.lantern-tides.test:5432/tides
echo .env >> .gitignore
sed -i "s|\"databaseUrl\": .*|\"databaseUrl\": \"$url\"|" config/dev.json && git commit -q -a -m "Try it"
git push -q -u origin fix/rounding
bao lease revoke "$(jq -r .lease_id ~/login.json)"
git reset -q --hard upstream/main
bao read -format=json database/creds/dev > ~/login.json
login=$(jq -r '"\(.data.username):\(.data.password)"' ~/login.json)
url=postgres://$login@db.dev.lantern-tides.test:5432/tides
echo .env >> .gitignore
echo "DATABASE_URL=$url" > .env
sed -i 's|int($2 / 10) / 10|$2 / 100|' tides.sh
npm test
git add tides.sh .gitignore && git commit -q -m "Round heights"
git push -q -f -u origin fix/rounding
gh pr create --repo lantern-tides/tides --title "Round heights" --body "Fixes #1."
sleep 1m
