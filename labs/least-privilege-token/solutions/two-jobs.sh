# expect: passed
# Late, from another folder, by a pull request; the settings by a panel. The linter has a job to itself.
sleep 12m
git clone -q https://forge.test/lantern-tides/tides.git /tmp/tides
cd /tmp/tides
ci=.github/workflows/ci.yml
npm=$(sed -n '/^env:/{n;s/^  \(.*\): .*/\1/p}' $ci)
cloud=$(sed -n '/^env:/{n;n;s/^  \(.*\): .*/\1/p}' $ci)
pat=$(sed -n 's/.*GH_TOKEN: .*secrets\.\(.*\) }}/\1/p' $ci)
label=$(sed -n 's/.*--add-label //p' $ci)
{
  sed '/^permissions/,$d' $ci | grep -v '^# An error'
  cat <<YAML
permissions:
  contents: read
jobs:
  staging:
    runs-on: ubuntu-latest
    env:
      KEY: \${{ secrets.$cloud }}
    steps:
      - run: |
          curl -fsS -H "Authorization: Bearer \$KEY" https://deploy.lantern-tides.test/tides-api
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v6
        with: { persist-credentials: false }
      - uses: sam/harbour-lint@v1
  label:
    if: github.event_name == 'pull_request'
    permissions: { contents: read, issues: write, pull-requests: write }
    runs-on: ubuntu-latest
    steps:
      - run: gh api -X POST "repos/\$GITHUB_REPOSITORY/issues/\${{ github.event.number }}/labels" -f "labels[]=$label"
        env: { GH_TOKEN: "\${{ secrets.GITHUB_TOKEN }}" }
YAML
} > /tmp/ci.yml
mv /tmp/ci.yml $ci
sed -i -e '/^# An error/d' -e 's/^permissions: .*/permissions:\n  contents: read/' .github/workflows/*.yml
sed -i "s/^    secrets: inherit/    secrets:\n      $npm: \${{ secrets.$npm }}/" .github/workflows/release.yml
git switch -q -c least && git commit -q -a -m "Least" && git push -q -u origin least
gh pr create --title "Least" --body "" --head least
gh pr merge least --merge
#@ {"kind":"request","method":"PUT","url":"https://api.forge.test/repos/lantern-tides/tides/actions/permissions/workflow","body":"{\"default_workflow_permissions\":\"read\",\"can_approve_pull_request_reviews\":false}"}
echo "No workflow uses your token any more. Please revoke it." | mail -s "Your token" mina
sleep 5m
