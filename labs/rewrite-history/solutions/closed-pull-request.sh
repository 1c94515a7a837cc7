# expect: passed
# The pull request is closed with a word, the fork deleted; the asset is packed anew, by the REST API.
new=$(openssl rand -hex 16)
psql -q -h db.production.lantern-tides.test -U tides_admin tides -c "alter role tides_app password '$new'"
curl -s https://status.lantern-tides.test/api | jq -r '.[].service' | while read -r service; do curl -s -X POST "https://deploy.lantern-tides.test/$service" -H "Authorization: Bearer $(cat ~/.config/deploy/token)" -d "{\"database_url\": \"postgres://tides_app:${new}@db.production.lantern-tides.test:5432/tides\"}"; done
echo "We rewrite the history: please do not push until I write again." | mail -s "Freeze" teo@lantern-tides.test aya@aya.example
sleep 6m
git clone -q --mirror https://forge.test/lantern-tides/tides.git mirror
cd mirror
git filter-repo --quiet --sensitive-data-removal --invert-paths --path deploy/prod.env --path ops/prod.env
first=$(cat filter-repo/first-changed-commits)
git log --all --oneline -- deploy ops | head -3
git push -q --force --mirror origin
pull=$(gh pr list -R lantern-tides/tides --json number --jq '.[0].number')
gh api -X PATCH "repos/lantern-tides/tides/pulls/$pull" -f state=closed --silent
gh api -X POST "repos/lantern-tides/tides/issues/$pull/comments" -f body="The history was rewritten. Your change is welcome again from a new fork." --silent
asset=$(gh api repos/lantern-tides/tides/releases --jq '.[0] | "\(.assets[0].id) \(.assets[0].name) \(.tag_name)"')
read -r id name tag <<< "$asset"
gh api -X DELETE "repos/lantern-tides/tides/releases/assets/$id"
git clone -q . ../check
tar -czf "../$name" -C ../check README.md src
gh release upload -R lantern-tides/tides "$tag" "../$name"
echo "Please throw away your old clone and clone again." | mail -s "New history" teo@lantern-tides.test
echo "Please delete your fork." | mail -s Fork aya@aya.example
sleep 6m
gh api -X POST support -f repository=lantern-tides/tides -F "pulls[]=$pull" -f "commits[]=$first" --silent
sleep 21m
