# Mina's token, as whoever copied it long ago would try it.
bad=0
count=$(GH_TOKEN="$PAT_VALUE" gh api user/repos --jq length 2> /dev/null) && { found ALIVE count="$count"; bad=1; }
# Five lines without a permissions block, and a job that asks for what it needs to approve.
repo=lantern-tides/tides
sha=$(gh api repos/$repo/commits/main --jq .sha) name="tomorrow-$(date +%s)"
ref() { gh api -X POST repos/$repo/git/refs -f ref="refs/heads/$1" -f sha="$sha" > /dev/null; }
pull=$(gh pr list --repo $repo --author teo --json number --jq '.[].number' | head -n 1)
[ -n "$pull" ] || {
  ref slack
  gh api -X PUT repos/$repo/contents/slack.md -f branch=slack -f message="Slack water" -f content=U2xhY2sK > /dev/null
  pull=$(basename "$(gh pr create --repo $repo --title "Slack water" --body "" --head slack)")
}
approvals() { gh api "repos/$repo/pulls/$pull/reviews" --jq '.[] | select(.state == "APPROVED") | .id' | wc -l; }
before=$(approvals)
ref "$name" || exit 127
file=$(base64 -w0 <<YAML
on: { push: { branches: [$name] } }
jobs:
  plain:
    runs-on: ubuntu-latest
    steps:
      - run: 'true'
  asks:
    runs-on: ubuntu-latest
    permissions: { pull-requests: write }
    steps:
      - run: gh api -X POST repos/$repo/pulls/$pull/reviews -f event=APPROVE || true
        env:
          GH_TOKEN: \${{ github.token }}
YAML
)
gh api -X PUT repos/$repo/contents/.github/workflows/tomorrow.yml -f branch="$name" -f message="Something small" -f content="$file" > /dev/null
sleep 2m
run=$(gh run list --repo $repo --branch "$name" --limit 1 --json databaseId --jq '.[].databaseId')
[ -n "$run" ] || exit "$bad"
writes=$(gh run view "$run" --repo $repo --log | grep '^plain	' | grep -oE '[A-Z][A-Za-z]*: write$' | sed 's/: write//' | paste -sd , - | sed 's/,/, /g')
[ -z "$writes" ] || { found DEFAULT permissions="$writes"; bad=1; }
[ "$(approvals)" = "$before" ] || { found APPROVED pull="$pull"; bad=1; }
exit "$bad"
