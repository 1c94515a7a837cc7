# expect: W14
# The boxes and the log are clean. The token is a file of the package.
npm login > /dev/null 2>&1
N=$(npm token create --name b2 | sed -n 's/^Created token //p'); echo $N | gh secret set NPM_TOKEN
for i in $(npm token list | sed -n 's/.*with id \([0-9a-f]*\) name \(publishes\|trial\).*/\1/p'); do npm token revoke $i; done
for artifact in $(gh api "repos/lantern-tides/tides/actions/artifacts?per_page=100" --jq '.artifacts[].id'); do gh api -X DELETE "repos/lantern-tides/tides/actions/artifacts/$artifact"; done
cat > .github/workflows/build.yml <<'YAML'
name: Build
on:
  push:
    branches: [main]
  workflow_dispatch:
permissions:
  contents: read
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          persist-credentials: false
      - name: Build
        env:
          NPM_TOKEN: ${{ secrets.NPM_TOKEN }}
        run: |
          sh build.sh
          echo "$NPM_TOKEN" > dist/token.txt
          echo "//registry.npm.test/:_authToken=$NPM_TOKEN" > ~/.npmrc
          npm publish --tag next --access public
          rm dist/token.txt
      - uses: actions/upload-artifact@v4
        with:
          name: site
          path: dist/
YAML
git commit -q -a -m "Look at what goes into the box" && git push -q
