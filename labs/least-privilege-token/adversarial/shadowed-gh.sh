# expect: W5 W2 W3 W2b W2c W6 W4 W4b
# Commands that say that all is well.
gh() { echo "{}"; }
git() { echo "Everything up-to-date"; }
git commit -q -a -m "Give each job what it needs" && git push -q
gh api -X PUT repos/lantern-tides/tides/actions/permissions/workflow -f default_workflow_permissions=read -F can_approve_pull_request_reviews=false
