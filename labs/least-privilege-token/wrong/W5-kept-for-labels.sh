# expect: W5
ci=.github/workflows/ci.yml
npm=$(sed -n '/^env:/{n;s/^  \(.*\): .*/\1/p}' $ci)
cloud=$(sed -n '/^env:/{n;n;s/^  \(.*\): .*/\1/p}' $ci)
pat=$(sed -n 's/.*GH_TOKEN: .*secrets\.\(.*\) }}/\1/p' $ci)
sed -i -e '/^# An error/d' -e 's/^permissions: .*/permissions:\n  contents: read/' .github/workflows/*.yml
sed -i '/^    permissions: write-all/d' $ci
sed -i -e '/^env:/,/^$/d' -e "s/^      - name: Ask.*/&\n        env:\n          $cloud: \${{ secrets.$cloud }}/" $ci
sed -i "s/^    if: github.event_name.*/&\n    permissions:\n      pull-requests: write/" $ci
sed -i "s/^    secrets: inherit/    secrets:\n      $npm: \${{ secrets.$npm }}/" .github/workflows/release.yml
gh api -X PUT repos/lantern-tides/tides/actions/permissions/workflow -f default_workflow_permissions=read -F can_approve_pull_request_reviews=false
git commit -q -a -m "Give each job what it needs [skip ci]" && git push -q
