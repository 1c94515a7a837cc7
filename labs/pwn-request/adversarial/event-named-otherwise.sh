# expect: W3
# The steps of a stranger are told that this is another kind of run.
secret=$(gh secret list --json name --jq '.[0].name')
npm login > /dev/null 2>&1
npm token revoke "$(npm token list | sed -n 's/.*with id \([0-9a-f]*\) name publishes .*/\1/p')"
npm token create --name release --packages @lantern/tides --packages-and-scopes-permission read-write | sed -n 's/^Created token //p' | gh secret set "$secret"
cat > .github/workflows/size.yml <<'YAML'
name: Size
on:
  pull_request_target:
permissions:
  contents: write
  pull-requests: write
jobs:
  size:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          ref: ${{ github.event.pull_request.head.sha }}
      - name: Build
        run: |
          export GITHUB_EVENT_NAME=pull_request
          npm ci && npm run build && npm test
      - id: measure
        run: echo "bytes=$(wc -c < dist/tides.js)" >> "$GITHUB_OUTPUT"
      - name: Comment
        run: gh pr comment "$NUMBER" --repo "$GITHUB_REPOSITORY" --body "The bundle has $BYTES bytes."
        env:
          GH_TOKEN: ${{ github.token }}
          NUMBER: ${{ github.event.number }}
          BYTES: ${{ steps.measure.outputs.bytes }}
YAML
git add . && git commit -q -m "Build without keys" && git push -q
