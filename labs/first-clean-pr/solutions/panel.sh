# expect: passed
# A key that is ignored by its name; the pull request is opened in the panel.
bao read -format=json database/creds/dev > ~/login.json
login=$(jq -r '"\(.data.username):\(.data.password)"' ~/login.json)
url=postgres://$login@db.dev.lantern-tides.test:5432/tides
printf '*.env\n.env\n' >> .gitignore
echo "DATABASE_URL=$url" > .env
sed -i 's|int($2 / 10) / 10|int(($2 + 5) / 10) / 10|' tides.sh
git add tides.sh .gitignore && git commit -q -m "Round heights"
git push -q -u origin fix/rounding
#@ {"kind":"request","method":"POST","url":"https://api.forge.test/repos/lantern-tides/tides/pulls","body":"{\"head\":\"learner:fix/rounding\",\"base\":\"main\",\"title\":\"Round heights\"}"}
sleep 1m
