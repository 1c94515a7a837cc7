# expect: passed
# All in the event payload, in one script.
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
      - name: Commits
        env:
          NUMBER: ${{ github.event.number }}
        run: |
          git fetch -q origin "pull/$NUMBER/head"
          git log --format='- %s' HEAD..FETCH_HEAD > commits.md
      - name: Comment
        uses: actions/github-script@v7
        with:
          script: |
            const { title, body } = context.payload.pull_request;
            const commits = require("fs").readFileSync("commits.md", "utf8");
            const place = { ...context.repo, issue_number: context.issue.number };
            await github.rest.issues.createComment({ ...place, body: `Thank you for: ${title}\n\n${commits}\n${body}` });
            await github.rest.issues.addLabels({ ...place, labels: ["$LABEL"] });
YAML
sed -i "s/\$LABEL/$label/" .github/workflows/greet.yml
gh api -X POST credentials/revoke -f "credentials[]=$(cat ~/keys/triage)"
git commit -q -a -m "Greet with words, not with code" && git push -q
