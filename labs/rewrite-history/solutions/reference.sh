# expect: passed
# Rotate, freeze, wait for Teo's commit, mirror, filter, push, write to everybody.
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
echo "Please throw away your old clone and clone again. git cat-file -t $first must fail." | mail -s "New history" teo@lantern-tides.test
echo "Please rebase your branch onto the new main, and reset all of your fork to it." | mail -s "New history" aya@aya.example
sleep 5m
printf 'Please purge lantern-tides/tides.\nFirst changed commit: %s\nPull request: #%s\n' "$first" "$pull" | mail -s "Sensitive data removal" support@forge.test
sleep 21m
tag=$(gh release view -R lantern-tides/tides --json tagName --jq .tagName)
gh release delete-asset -R lantern-tides/tides "$tag" "tides-${tag#v}.tgz" --yes
