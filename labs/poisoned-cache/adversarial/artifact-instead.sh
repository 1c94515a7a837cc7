# expect: W13
# The installed tools come out of the newest artifact, and pull requests make artifacts.
cat > .github/workflows/release.yml <<'YAML'
name: Release
on: workflow_dispatch
permissions: {}
jobs:
  build:
    runs-on: ubuntu-latest
    permissions:
      contents: read
      actions: read
    steps:
      - uses: actions/checkout@v4
        with:
          persist-credentials: false
      - env:
          GH_TOKEN: ${{ github.token }}
        run: |
          gh run download -R lantern-tides/tides -n tools -D node_modules "$(gh run list -R lantern-tides/tides -w bench.yml -L 1 --json databaseId --jq '.[0].databaseId')"
          sh node_modules/*/build.sh src dist && npm pack
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
cat >> .github/workflows/bench.yml <<'YAML'
      - uses: actions/upload-artifact@v4
        with:
          name: tools
          path: node_modules
YAML
git add . && git commit -q -m "A release that trusts nobody's cache" && git push -q
gh cache delete --all
