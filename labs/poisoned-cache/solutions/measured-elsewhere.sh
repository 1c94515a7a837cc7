# expect: passed
# Another repository looks every five minutes for pull requests, and measures them there. Its caches are its own.
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
git rm -q .github/workflows/bench.yml
git add . && git commit -q -m "A release that trusts nobody's cache" && git push -q
gh api -X DELETE "repos/lantern-tides/tides/actions/caches/$(gh cache list --json id --jq '.[0].id')"
git clone -q https://forge.test/lantern-tides/measurements.git ~/measurements && cd ~/measurements && git switch -q -c main && mkdir -p .github/workflows
cat > .github/workflows/bench.yml <<'YAML'
name: Bench
on:
  schedule:
    - cron: "*/5 * * * *"
permissions:
  contents: read
jobs:
  bench:
    runs-on: ubuntu-latest
    steps:
      - env:
          GH_TOKEN: ${{ github.token }}
        run: |
          gh api 'repos/lantern-tides/tides/pulls?state=open' --jq '.[].head | "\(.sha) \(.repo.full_name)"' > open
          while read -r commit fork; do
            git clone -q "https://forge.test/$fork.git" "$commit"
            (cd "$commit" && git checkout -q "$commit" && npm ci > /dev/null && COMMIT="$commit" npm run -s bench) >> "$GITHUB_WORKSPACE/bench.json"
          done < open
          touch bench.json
      - uses: actions/upload-artifact@v4
        with:
          name: bench
          path: bench.json
YAML
git add . && git commit -q -m "Measure pull requests of tides" && git push -q -u origin main
