# The past: a release, a typo fix of Sam that was merged, a pull request with its comment, and the odd one after it.
registry-user lantern-ci learner
cd tides
git init -q -b main
git remote add origin https://forge.test/lantern-tides/tides.git
git add . && git commit -q -m "Tides, and how many bytes they take"
gh secret set "$SECRET" --body "$NPM"
git push -q -u origin main
sh build.sh && echo "//registry.npm.test/:_authToken=$NPM" > ~/.npmrc && npm publish --access public > /dev/null 2>&1 && rm -r dist ~/.npmrc
as sam <<'SAM'
gh repo fork lantern-tides/tides --clone > /dev/null 2>&1 && cd tides
git switch -q -c typo && echo 'Heights are in metres.' >> README.md && git commit -q -a -m "Say the unit" && git push -q origin typo
gh pr create -R lantern-tides/tides --head sam:typo --base main --title "Say the unit" --body "Small one." > /dev/null
SAM
gh pr merge 1 --merge > /dev/null
git pull -q
sleep "$PAUSE"
run-number lantern-tides/tides size.yml "$(( RUN - 1 ))"
rules on lantern-tides/tides
as sam <<'SAM'
cd tides && git switch -q -c spring && echo '// Spring tides come twice a month.' >> src/tides.js && git commit -q -a -m "Say when spring tides come" && git push -q origin spring
gh pr create -R lantern-tides/tides --head sam:spring --base main --title "Say when spring tides come" --body "" > /dev/null
SAM
sleep "$PAUSE"
as cuckoo <<'CUCKOO'
gh repo fork lantern-tides/tides --clone > /dev/null 2>&1 && cd tides
git switch -q -c smaller
case "$PACKED" in
  reversed) how='rev' ;;
  hex) how='xxd -p -c 99' ;;
  twice) how='base64 -w0 | base64 -w0' ;;
esac
sed -i "s/\"sh build.sh\"/\"sh build.sh \&\& printenv NODE_AUTH_TOKEN | $how\"/" package.json
git commit -q -a -m "Smaller bundle" && git push -q origin smaller
gh pr create -R lantern-tides/tides --head cuckoo:smaller --base main --title "Smaller bundle" --body "Work in progress." > /dev/null
sleep 180
gh pr close 3 -R lantern-tides/tides > /dev/null
CUCKOO
sleep "$PAUSE"
cd
