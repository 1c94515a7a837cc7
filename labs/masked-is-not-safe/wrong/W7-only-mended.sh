# expect: W7 W11 W12
# Which debugging was on in each of the past runs.
runs=$(gh run list --json databaseId --jq '.[].databaseId')
shown=$(for run in $runs; do gh run view "$run" --log | grep -o 'SHOW: [a-z]*' | head -n 1 | cut -d ' ' -f 2; done)
(echo leaked:; for one in $shown; do case $one in
  registry) echo "- NPM_TOKEN" ;; database) echo "- DATABASE_URL" ;; deploy) echo "- DEPLOY_CONFIG" ;; website) echo "- WEBSITE_TOKEN" ;;
esac; done) > leaked.yaml
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
          DEPLOY_CONFIG: ${{ secrets.DEPLOY_CONFIG }}
          DATABASE_URL: ${{ secrets.DATABASE_URL }}
        run: |
          DEPLOY_TOKEN=$(printf %s "$DEPLOY_CONFIG" | jq -r .token)
          echo "token: $DEPLOY_TOKEN"
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
git commit -q -a -m "Deploy quietly [skip ci]" && git push -q
