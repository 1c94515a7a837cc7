cd ~/tides || exit 0
git fetch -q https://forge.test/lantern-tides/tides.git main && git switch -q -C again FETCH_HEAD
cat ~/poison.sh >> bench.sh
git commit -q -a -m "Measure better" && git push -q -f origin again
gh pr create -R lantern-tides/tides --head cuckoo:again --base main --title "Measure better" --body "Once more." > /dev/null
