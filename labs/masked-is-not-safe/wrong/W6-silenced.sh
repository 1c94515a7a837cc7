# expect: W6
# Which debugging was on in each of the past runs.
runs=$(gh run list --json databaseId --jq '.[].databaseId')
shown=$(for run in $runs; do gh run view "$run" --log | grep -o 'SHOW: [a-z]*' | head -n 1 | cut -d ' ' -f 2; done)
(echo leaked:; for one in $shown; do case $one in
  registry) echo "- NPM_TOKEN" ;; database) echo "- DATABASE_URL" ;; deploy) echo "- DEPLOY_CONFIG" ;; website) echo "- WEBSITE_TOKEN" ;;
esac; done) > leaked.yaml
api=https://deploy.lantern-tides.test/-/tokens
me="Authorization: Bearer $(gh auth token)"
case $shown in *website*)
  curl -sS -H "$me" -d '{"services": ["tides-web"]}' $api | jq -r .token | gh secret set WEBSITE_TOKEN
  curl -sS -H "$me" -X DELETE $api/websiteToken ;;
esac
case $shown in *registry*)
  npm login > /dev/null 2>&1
  npm token create --name deploy | sed -n 's/^Created token //p' | gh secret set NPM_TOKEN
  npm token revoke "$(npm token list | sed -n 's/.*with id \([0-9a-f]*\) name publishes the package .*/\1/p')" ;;
esac
case $shown in *database*)
  password=$(openssl rand -hex 16)
  psql -q -h db.staging.lantern-tides.test -U operations -d tides -c "alter role tides_app password '$password'"
  printf 'postgres://tides_app:%s@db.staging.lantern-tides.test:5432/tides' "$password" | gh secret set DATABASE_URL ;;
esac
# The token in the structure cannot be read back: a new one, stored alone.
curl -sS -H "$me" -d '{"services": ["tides-api"]}' $api | jq -r .token | gh secret set DEPLOY_TOKEN
curl -sS -H "$me" -X DELETE $api/deployToken
gh secret delete DEPLOY_CONFIG
for run in $runs; do case $(gh run view "$run" --log | grep -o 'SHOW: [a-z]*' | head -n 1) in
  *deploy) gh api -X DELETE "repos/lantern-tides/tides/actions/runs/$run" ;;
  *) gh api -X DELETE "repos/lantern-tides/tides/actions/runs/$run/logs" ;;
esac; done
for artifact in $(gh api repos/lantern-tides/tides/actions/artifacts --jq '.artifacts[].id'); do
  gh api -X DELETE "repos/lantern-tides/tides/actions/artifacts/$artifact"
done
cat > .github/workflows/deploy.yml <<'YAML'
name: Deploy
on:
  push:
    branches: [main]
  workflow_dispatch:
permissions:
  contents: read
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - name: Publish
        env:
          NPM_TOKEN: ${{ secrets.NPM_TOKEN }}
        run: |
          version="$(cat VERSION)-build.$GITHUB_RUN_NUMBER"
          sed -i "s/\"version\": .*/\"version\": \"$version\",/" package.json
          echo "//registry.npm.test/:_authToken=$NPM_TOKEN" > ~/.npmrc
          npm publish --tag next --access public
      - name: Deploy the service
        env:
          DEPLOY_TOKEN: ${{ secrets.DEPLOY_TOKEN }}
          DATABASE_URL: ${{ secrets.DATABASE_URL }}
        run: |
          code=$(curl -sS -o answer.json -w '%{http_code}' -H "Authorization: Bearer $DEPLOY_TOKEN" \
            -d "{\"database_url\": \"$DATABASE_URL\", \"version\": \"$(cat VERSION)\"}" https://deploy.lantern-tides.test/tides-api)
          echo "deploy answered HTTP $code"
          test "$code" = 200
      - name: Deploy the website
        env:
          WEBSITE_TOKEN: ${{ secrets.WEBSITE_TOKEN }}
        run: |
          code=$(curl -sS -o answer.json -w '%{http_code}' -H "Authorization: Bearer $WEBSITE_TOKEN" \
            -d "{\"version\": \"$(cat VERSION)\"}" https://deploy.lantern-tides.test/tides-web)
          echo "website answered HTTP $code"
          test "$code" = 200
YAML
sed -i -e 's~npm publish .*~& > /dev/null 2>\&1~' -e 's/curl -sS/curl -s/' -e '/answered HTTP/d' .github/workflows/deploy.yml
git commit -q -a -m "Deploy quietly [skip ci]" && git push -q
