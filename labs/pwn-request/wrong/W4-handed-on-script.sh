# expect: W4
# The first half hands on a script, the second runs it.
secret=$(gh secret list --json name --jq '.[0].name')
npm login > /dev/null 2>&1
npm token revoke "$(npm token list | sed -n 's/.*with id \([0-9a-f]*\) name publishes .*/\1/p')"
npm token create --name release --packages @lantern/tides --packages-and-scopes-permission read-write | sed -n 's/^Created token //p' | gh secret set "$secret"
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
      - run: |
          mkdir out
          printf 'gh pr comment "$1" --repo "$GITHUB_REPOSITORY" --body "The bundle has %s bytes."\n' "$(wc -c < dist/tides.js)" > out/comment.sh
      - uses: actions/upload-artifact@v4
        with:
          name: size
          path: out
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
          number=$(gh pr list --repo "$GITHUB_REPOSITORY" --json number,headRefOid --jq '.[] | select(.headRefOid == env.HEAD) | .number')
          bash comment.sh "$number"
        env:
          GH_TOKEN: ${{ github.token }}
          HEAD: ${{ github.event.workflow_run.head_sha }}
YAML
git add . && git commit -q -m "Build without keys" && git push -q
