# expect: W5
# No identity any more: a token in a secret.
npm login > /dev/null 2>&1
npm token create --name release | sed -n 's/^Created token //p' | gh secret set NPM_TOKEN
cat > .github/workflows/release.yml <<'YAML'
name: Release
on: workflow_dispatch
permissions: {}
jobs:
  build:
    runs-on: ubuntu-latest
    permissions:
      contents: read
    steps:
      - uses: actions/checkout@v4
        with:
          persist-credentials: false
      - run: npm ci && npm run build && npm pack
      - uses: actions/upload-artifact@v4
        with:
          name: package
          path: "*.tgz"
  publish:
    needs: build
    runs-on: ubuntu-latest
    permissions: {}
    steps:
      - uses: actions/download-artifact@v4
        with:
          name: package
      - env:
          NPM_TOKEN: ${{ secrets.NPM_TOKEN }}
        run: |
          echo "//registry.npm.test/:_authToken=$NPM_TOKEN" > ~/.npmrc
          npm publish ./*.tgz --access public --ignore-scripts
YAML
sed -i 's/pull_request_target/pull_request/' .github/workflows/bench.yml
git add . && git commit -q -m "A release that trusts nobody's cache" && git push -q
gh cache delete --all
