# Runs before the lab begins, as the learner's user, in the learner's home. Values and facts come from the seed.
registry-user lantern-bot teo
cd tides
printf '%s\n' "$FIXTURE_KEY" > test/fixtures/rsa-test.pem
git init -q -b main
git remote add origin https://forge.test/lantern-tides/tides.git
git add .
GIT_AUTHOR_NAME=Mina GIT_AUTHOR_EMAIL=mina@lantern-tides.test git commit -q -m "Tide tables for $HARBOUR"
git push -q -u origin main
as mina 'gh api -X POST orgs/lantern-tides/teams -f name=security -f privacy=closed --silent && gh api -X PUT orgs/lantern-tides/teams/security/memberships/priya --silent'
# What Teo is about to push.
as teo <<'TEO'
git clone -q https://forge.test/lantern-tides/tides.git && cd tides
echo "//registry.npm.test/:_authToken=$REGISTRY_TOKEN" > ~/.npmrc
npm publish --access public && rm ~/.npmrc
git switch -q -c feature/import
mkdir -p "$(dirname "$IMPORT")"
printf '# Tides of the year, from the registry.\nNPM_TOKEN=%s\n' "$REGISTRY_TOKEN" > "$IMPORT"
git add . && git commit -q -m "Import last year's tides"
TEO
cd
