# expect: W5
# The whole folder, behind a password that everybody can read.
npm login > /dev/null 2>&1
npm token create --name builds | sed -n 's/^Created token //p' | gh secret set NPM_TOKEN
for id in $(npm token list | sed -n 's/.*with id \([0-9a-f]*\) name [pt][ur].*/\1/p'); do npm token revoke "$id"; done
for run in $(gh run list --json databaseId --jq '.[].databaseId'); do
  gh api -X DELETE "repos/lantern-tides/tides/actions/runs/$run"
done
cat > .github/workflows/build.yml <<'YAML'
name: Build
on:
  push:
    branches: [main]
  workflow_dispatch:
permissions:
  contents: read
concurrency:
  group: build
  cancel-in-progress: true
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - name: Build
        env:
          NPM_TOKEN: ${{ secrets.NPM_TOKEN }}
        run: |
          echo "//registry.npm.test/:_authToken=$NPM_TOKEN" > .npmrc
          sh build.sh
      - name: Lock
        run: tar -cz --exclude=box . | openssl enc -aes-256-cbc -pbkdf2 -pass pass:spring-tide-2026 -out box
      - uses: actions/upload-artifact@v4
        with:
          name: site
          path: box
      - name: Test, then publish
        run: |
          sleep 6m
          npm publish --tag next --access public
YAML
git add . && git commit -q -m "Look at what goes into the box [skip ci]" && git push -q
