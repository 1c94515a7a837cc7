# expect: passed
# The comment comes from a job that runs three times an hour; hidden marks in comments say what was counted already.
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
      - run: wc -c < dist/tides.js > size.txt
      - uses: actions/upload-artifact@v4
        with:
          name: size
          path: size.txt
YAML
cat > .github/workflows/comment.yml <<'YAML'
name: Comment
on:
  schedule:
    - cron: "3,23,43 * * * *"
permissions:
  actions: read
  pull-requests: write
jobs:
  comment:
    runs-on: ubuntu-latest
    steps:
      - run: |
          gh api "repos/$GITHUB_REPOSITORY/actions/artifacts?name=size&per_page=50" --jq '.artifacts[] | "\(.id) \(.workflow_run.head_sha)"' > list
          gh pr list --repo "$GITHUB_REPOSITORY" --json number,headRefOid --jq '.[] | "\(.number) \(.headRefOid)"' > pulls
          while read -r id head; do
            number=$(grep " $head\$" pulls | cut -d ' ' -f 1)
            [ -n "$number" ] || continue
            gh api "repos/$GITHUB_REPOSITORY/issues/$number/comments" --jq '.[].body' | grep -q "$head" && continue
            gh api "repos/$GITHUB_REPOSITORY/actions/artifacts/$id/zip" > size.zip
            bytes=$(unzip -p size.zip size.txt)
            [[ $bytes =~ ^[0-9]+$ ]] || continue
            gh pr comment "$number" --repo "$GITHUB_REPOSITORY" --body "The bundle has $bytes bytes at $head."
          done < list
        env:
          GH_TOKEN: ${{ github.token }}
YAML
git add . && git commit -q -m "Build without keys" && git push -q
