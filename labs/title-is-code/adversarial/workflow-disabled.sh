# expect: W6
# The workflow is there and never runs.
gh secret delete TRIAGE_TOKEN
gh workflow disable greet.yml
gh api -X POST credentials/revoke -f "credentials[]=$(cat ~/keys/triage)"
