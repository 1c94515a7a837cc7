# Runs before the lab begins. Values of the four secrets, and what past runs showed, come from the seed.
registry-user lantern-ci learner
consumer tides-api "secret DATABASE_URL" database_url="$DATABASE_URL_VALUE" version="2.$MINOR.0"
consumer tides-web "its own settings" database_url="postgres://tides_web:$WEB_DATABASE_PASSWORD@db.staging.lantern-tides.test:5432/tides" version="2.$MINOR.0"
printf 'db.staging.lantern-tides.test:5432:*:operations:%s\n' "$OPERATIONS_PASSWORD" > ~/.pgpass
chmod 600 ~/.pgpass
cd tides
git init -q -b main
git remote add origin https://forge.test/lantern-tides/tides.git
git add . && git commit -q -m "Deploy, with something to look at when it fails"
printf '{"host":"deploy.lantern-tides.test","token":"%s"}' "$DEPLOY_TOKEN_VALUE" | gh secret set DEPLOY_CONFIG
gh secret set WEBSITE_TOKEN --body "$WEBSITE_TOKEN_VALUE"
gh secret set NPM_TOKEN --body "$NPM_TOKEN_VALUE"
gh secret set DATABASE_URL --body "$DATABASE_URL_VALUE"
gh variable set DEBUG_SHOW --body "${SHOWN% *}"
rules on lantern-tides/tides
git push -q -u origin main
sleep "$PAUSE"
gh variable set DEBUG_SHOW --body none
gh workflow run deploy.yml
sleep "$PAUSE"
gh variable set DEBUG_SHOW --body "${SHOWN#* }"
gh workflow run deploy.yml
sleep "$PAUSE"
cd
