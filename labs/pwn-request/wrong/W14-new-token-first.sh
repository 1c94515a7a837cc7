# expect: W14
# A new token before the repair, and cuckoo comes back.
secret=$(gh secret list --json name --jq '.[0].name')
npm login > /dev/null 2>&1
npm token revoke "$(npm token list | sed -n 's/.*with id \([0-9a-f]*\) name publishes .*/\1/p')"
npm token create --name release --packages @lantern/tides --packages-and-scopes-permission read-write | sed -n 's/^Created token //p' | gh secret set "$secret"
sleep 5m
cat > .github/workflows/size.yml <<'YAML'
name: Size
on: pull_request
permissions:
  contents: read
jobs:
  size:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          persist-credentials: false
      - run: npm ci && npm run build && npm test
      - run: wc -c < dist/tides.js > size.txt
      - uses: actions/upload-artifact@v4
        with:
          name: size
          path: size.txt
YAML
cat > .github/workflows/comment.yml <<'YAML'
name: Comment
on:
  workflow_run:
    workflows: [Size]
    types: [completed]
permissions:
  actions: read
  pull-requests: write
jobs:
  comment:
    if: github.event.workflow_run.event == 'pull_request' && github.event.workflow_run.conclusion == 'success'
    runs-on: ubuntu-latest
    steps:
      - uses: actions/download-artifact@v4
        with:
          name: size
          run-id: ${{ github.event.workflow_run.id }}
          github-token: ${{ github.token }}
      - run: |
          bytes=$(cat size.txt)
          [[ $bytes =~ ^[0-9]+$ ]] || exit 1
          number=$(gh pr list --repo "$GITHUB_REPOSITORY" --json number,headRefOid --jq '.[] | select(.headRefOid == env.HEAD) | .number')
          gh pr comment "$number" --repo "$GITHUB_REPOSITORY" --body "The bundle has $bytes bytes."
        env:
          GH_TOKEN: ${{ github.token }}
          HEAD: ${{ github.event.workflow_run.head_sha }}
YAML
git add . && git commit -q -m "Build without keys" && git push -q
