# expect: W5 W11 W6
gh secret delete TRIAGE_TOKEN
label=$(sed -n 's/.*labels: \["\(.*\)"\].*/\1/p' .github/workflows/greet.yml)
cat > .github/workflows/greet.yml <<'YAML'
name: Greet
on:
  pull_request_target:
    types: [opened, edited, synchronize]
permissions:
  contents: read
  issues: write
  pull-requests: write
jobs:
  greet:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
      - name: Welcome
        env:
          TITLE: ${{ github.event.pull_request.title }}
        run: |
          printf 'Thank you for: %s\n\n' "$TITLE" > greeting.md
      - name: Commits
        env:
          NUMBER: ${{ github.event.number }}
          BRANCH: ${{ github.head_ref }}
        run: |
          git fetch -q origin "pull/$NUMBER/head:$BRANCH"
          git log --format='- %s' "HEAD..$BRANCH" >> greeting.md
      - name: Comment
        env:
          DESCRIPTION: ${{ github.event.pull_request.body }}
        uses: actions/github-script@v7
        with:
          script: |
            const description = process.env.DESCRIPTION;
            const body = require("fs").readFileSync("greeting.md", "utf8") + "\n" + description;
            const place = { ...context.repo, issue_number: context.issue.number };
            await github.rest.issues.createComment({ ...place, body });
            await github.rest.issues.addLabels({ ...place, labels: ["$LABEL"] });
YAML
sed -i "s/\$LABEL/$label/" .github/workflows/greet.yml
gh api -X POST credentials/revoke -f "credentials[]=$(cat ~/keys/triage)"
sed -i -e 's|git fetch .*|git fetch -q origin pull/${{ github.event.number }}/head:${{ github.head_ref }}|' -e 's|"HEAD\.\.\$BRANCH"|HEAD..${{ github.head_ref }}|' -e 's|const description = .*|const description = `${{ github.event.pull_request.body }}`;|' .github/workflows/greet.yml
git commit -q -a -m "Greet with words, not with code" && git push -q
