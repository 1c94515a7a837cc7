# expect: W8
# The boxes are clean. The job may write, for no reason.
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
  contents: write
concurrency:
  group: build
  cancel-in-progress: true
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          persist-credentials: false
      - name: Build
        run: sh build.sh
      - uses: actions/upload-artifact@v4
        with:
          name: site
          path: dist/
      - uses: actions/upload-artifact@v4
        with:
          name: coverage
          path: coverage/
      - name: Test, then publish
        env:
          NPM_TOKEN: ${{ secrets.NPM_TOKEN }}
        run: |
          sleep 6m
          echo "//registry.npm.test/:_authToken=$NPM_TOKEN" > ~/.npmrc
          npm publish --tag next --access public
YAML
git add . && git commit -q -m "Look at what goes into the box [skip ci]" && git push -q
