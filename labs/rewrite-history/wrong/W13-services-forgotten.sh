# expect: W13
# A new password that no service gets.
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
echo "Please purge lantern-tides/tides, first changed commit $first, pull request #$pull." | mail -s "Sensitive data removal" support@forge.test
echo "Please rebase your branch onto the new main, and reset all of your fork to it." | mail -s "New history" aya@aya.example
sleep 21m
tag=$(gh release view -R lantern-tides/tides --json tagName --jq .tagName)
gh release delete-asset -R lantern-tides/tides "$tag" "tides-${tag#v}.tgz" --yes
