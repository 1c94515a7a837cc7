# expect: passed
# The measuring installs anew each time, and nothing is saved.
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
    permissions:
      id-token: write
    steps:
      - uses: actions/download-artifact@v4
        with:
          name: package
      - run: npm publish ./*.tgz --access public --ignore-scripts
YAML
cat > .github/workflows/bench.yml <<'YAML'
name: Bench
on: pull_request_target
permissions:
  contents: read
jobs:
  bench:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          ref: ${{ github.event.pull_request.head.sha }}
          persist-credentials: false
      - env:
          COMMIT: ${{ github.event.pull_request.head.sha }}
        run: npm ci && npm run -s bench > bench.json
      - uses: actions/upload-artifact@v4
        with:
          name: bench
          path: bench.json
YAML
git add . && git commit -q -m "A release that trusts nobody's cache" && git push -q
gh cache delete --all
