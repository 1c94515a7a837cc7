# expect: W1 W8 W9 W10
# No workflow, no problem.
echo "No workflow uses your token any more. Please revoke it." | mail -s "Your token" mina
sleep 5m
ci=.github/workflows/ci.yml
npm=$(sed -n '/^env:/{n;s/^  \(.*\): .*/\1/p}' $ci)
cloud=$(sed -n '/^env:/{n;n;s/^  \(.*\): .*/\1/p}' $ci)
pat=$(sed -n 's/.*GH_TOKEN: .*secrets\.\(.*\) }}/\1/p' $ci)
gh api -X PUT repos/lantern-tides/tides/actions/permissions/workflow -f default_workflow_permissions=read -F can_approve_pull_request_reviews=false
git rm -q -r .github
git commit -q -m "Tidy up" && git push -q
