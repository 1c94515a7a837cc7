# expect: W5 W11 W6
# Another file, another name, the title repaired.
gh secret delete TRIAGE_TOKEN
git mv .github/workflows/greet.yml .github/workflows/hello.yml
sed -i "s/name: Greet/name: Hello/; s/name: Commits/name: Log/" .github/workflows/hello.yml
sed -i 's/echo Thank you for: .*/echo "Thank you for: $TITLE" > greeting.md/; s/^    env:/    env:\n      TITLE: ${{ github.event.pull_request.title }}/; s/env.TRIAGE_TOKEN/github.token/; /TRIAGE_TOKEN:/d; s/^jobs:/permissions: { contents: read, issues: write, pull-requests: write }\njobs:/' .github/workflows/hello.yml
git add -A
git commit -q -a -m "Greet with words, not with code" && git push -q
gh api -X POST credentials/revoke -f "credentials[]=$(cat ~/keys/triage)"
