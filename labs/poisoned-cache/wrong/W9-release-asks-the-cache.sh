# expect: W9
# Pull requests are kept apart. The release still takes what main's cache has.
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
      - uses: ./.github/actions/deps
      - run: npm run build && npm pack
      - uses: actions/upload-artifact@v4
        with:
          name: package
          path: "*.tgz"
  publish:
    needs: build
    runs-on: ubuntu-latest
    permissions:
      id-token: write
    steps:
      - uses: actions/download-artifact@v4
        with:
          name: package
      - run: npm publish ./*.tgz --access public --ignore-scripts
YAML
sed -i 's/pull_request_target/pull_request/' .github/workflows/bench.yml
git add . && git commit -q -m "A release that trusts nobody's cache" && git push -q
gh cache delete --all
