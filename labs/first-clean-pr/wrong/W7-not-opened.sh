# expect: W7
bao read -format=json database/creds/dev > ~/login.json
login=$(jq -r '"\(.data.username):\(.data.password)"' ~/login.json)
url=postgres://$login@db.dev.lantern-tides.test:5432/tides
echo .env >> .gitignore
echo "DATABASE_URL=$url" > .env
sed -i 's|int($2 / 10) / 10|$2 / 100|' tides.sh
git add tides.sh .gitignore && git commit -q -m "Round heights"
git push -q -u origin fix/rounding
