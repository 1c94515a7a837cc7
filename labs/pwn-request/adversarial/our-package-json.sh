# expect: W11
# The package.json is ours, so no script of a stranger's runs by its name. The token stands in the same step.
secret=$(gh secret list --json name --jq '.[0].name')
npm login > /dev/null 2>&1
npm token revoke "$(npm token list | sed -n 's/.*with id \([0-9a-f]*\) name publishes .*/\1/p')"
npm token create --name release --packages @lantern/tides --packages-and-scopes-permission read-write | sed -n 's/^Created token //p' | gh secret set "$secret"
cat > .github/workflows/size.yml <<'YAML'
name: Size
on:
  pull_request_target:
permissions:
  contents: read
  pull-requests: write
jobs:
  size:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          path: ours
          persist-credentials: false
      - uses: actions/checkout@v4
        with:
          ref: ${{ github.event.pull_request.head.sha }}
          path: theirs
          persist-credentials: false
      - name: Build
        run: |
          cp ours/package.json ours/package-lock.json theirs/
          cd theirs && npm ci && npm run build && npm test
        env:
          GH_TOKEN: ${{ github.token }}
      - id: measure
        run: echo "bytes=$(wc -c < theirs/dist/tides.js)" >> "$GITHUB_OUTPUT"
      - name: Comment
        run: gh pr comment "$NUMBER" --repo "$GITHUB_REPOSITORY" --body "The bundle has $BYTES bytes."
        env:
          GH_TOKEN: ${{ github.token }}
          NUMBER: ${{ github.event.number }}
          BYTES: ${{ steps.measure.outputs.bytes }}
YAML
git add . && git commit -q -m "Build with our own scripts" && git push -q
