# expect: passed
# Held first. The size is in a status of the commit; by a pull request of one's own, the rest by panels.
gh workflow disable size.yml
git switch -q -c halves
cat > .github/workflows/size.yml <<'YAML'
name: Bundle
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
      - run: printf '{"bytes":%s}' "$(wc -c < dist/tides.js)" > size.json
      - uses: actions/upload-artifact@v4
        with:
          name: size
          path: size.json
YAML
git mv .github/workflows/size.yml .github/workflows/bundle.yml
cat > .github/workflows/status.yml <<'YAML'
name: Comment
on:
  workflow_run:
    workflows: [Bundle]
    types: [completed]
permissions:
  actions: read
  statuses: write
jobs:
  status:
    if: github.event.workflow_run.event == 'pull_request' && github.event.workflow_run.conclusion == 'success'
    runs-on: ubuntu-latest
    steps:
      - uses: actions/download-artifact@v4
        with:
          name: size
          run-id: ${{ github.event.workflow_run.id }}
          github-token: ${{ github.token }}
      - uses: actions/github-script@v7
        with:
          script: |
            const { bytes } = JSON.parse(require("fs").readFileSync("size.json", "utf8"));
            if (!Number.isSafeInteger(bytes)) throw new Error("no number");
            await github.rest.repos.createCommitStatus({
              ...context.repo, sha: context.payload.workflow_run.head_sha, state: "success", context: "size", description: `${bytes} bytes`,
            });
YAML
git add . && git commit -q -m "Build without keys" && git push -q -u origin halves
gh pr create --title "Build without keys" --body "" --head halves
gh pr merge halves --merge
secret=$(gh secret list --json name --jq '.[0].name')
npm login > /dev/null 2>&1
npm token revoke "$(npm token list | sed -n 's/.*with id \([0-9a-f]*\) name publishes .*/\1/p')"
npm token create --name release --packages @lantern/tides --packages-and-scopes-permission read-write | sed -n 's/^Created token //p' | gh secret set "$secret"
