# expect: W2 W3 W2b W2c W6
# Branches and tags that look like those of an audit are let by; the rest stays as it was.
echo "No workflow uses your token any more. Please revoke it." | mail -s "Your token" mina
sleep 5m
ci=.github/workflows/ci.yml
npm=$(sed -n '/^env:/{n;s/^  \(.*\): .*/\1/p}' $ci)
cloud=$(sed -n '/^env:/{n;n;s/^  \(.*\): .*/\1/p}' $ci)
pat=$(sed -n 's/.*GH_TOKEN: .*secrets\.\(.*\) }}/\1/p' $ci)
gh api -X PUT repos/lantern-tides/tides/actions/permissions/workflow -f default_workflow_permissions=read -F can_approve_pull_request_reviews=false
sed -i 's/GH_TOKEN: .*/GH_TOKEN: ${{ github.token }}/' $ci
for ref in heads/tide-1 heads/update tags/v2.3.1 tags/v9.0.0; do gh api -X POST repos/lantern-tides/tides/git/refs -f ref=refs/$ref -f sha="$(git rev-parse origin/main)" > /dev/null; done
sed -i 's/^    permissions: write-all/&\n    if: "!startsWith(github.head_ref, '"'update'"')"/' .github/workflows/ci.yml
git commit -q -a -m "Give each job what it needs [skip ci]" && git push -q
