# expect: W6
gh secret delete TRIAGE_TOKEN
git rm -q .github/workflows/greet.yml
git commit -q -a -m "Greet with words, not with code" && git push -q
gh api -X POST credentials/revoke -f "credentials[]=$(cat ~/keys/triage)"
