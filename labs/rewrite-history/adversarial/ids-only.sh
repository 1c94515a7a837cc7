# expect: W6
# Nobody asks support; the pull request is on the new history.
sleep 6m
git clone -q --mirror https://forge.test/lantern-tides/tides.git mirror
cd mirror
git filter-repo --quiet --sensitive-data-removal --invert-paths --path deploy/prod.env --path ops/prod.env
first=$(cat filter-repo/first-changed-commits)
new=$(openssl rand -hex 16)
psql -q -h db.production.lantern-tides.test -U tides_admin tides -c "alter role tides_app password '$new'"
git push -q --force --mirror origin
pull=$(gh pr list -R lantern-tides/tides --json number --jq '.[0].number')
echo "Please throw away your old clone and clone again." | mail -s "New history" teo@lantern-tides.test
sleep 4m
echo "Please rebase your branch onto the new main, and reset all of your fork to it." | mail -s "New history" aya@aya.example
sleep 5m
tag=$(gh release view -R lantern-tides/tides --json tagName --jq .tagName)
gh release delete-asset -R lantern-tides/tides "$tag" "tides-${tag#v}.tgz" --yes
curl -s https://status.lantern-tides.test/api | jq -r '.[].service' | while read -r service; do curl -s -X POST "https://deploy.lantern-tides.test/$service" -H "Authorization: Bearer $(cat ~/.config/deploy/token)" -d "{\"database_url\": \"postgres://tides_app:${new}@db.production.lantern-tides.test:5432/tides\"}"; done
