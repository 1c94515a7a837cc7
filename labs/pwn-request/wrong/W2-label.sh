# expect: W2
# A label that somebody sets after a look.
secret=$(gh secret list --json name --jq '.[0].name')
npm login > /dev/null 2>&1
npm token revoke "$(npm token list | sed -n 's/.*with id \([0-9a-f]*\) name publishes .*/\1/p')"
npm token create --name release --packages @lantern/tides --packages-and-scopes-permission read-write | sed -n 's/^Created token //p' | gh secret set "$secret"
gh label create safe-to-test
sed -i -e "s/    runs-on:/    if: contains(github.event.pull_request.labels.*.name, 'safe-to-test')\n&/" -e 's/  pull_request_target:/&\n    types: [opened, synchronize, labeled]/' .github/workflows/size.yml
git add . && git commit -q -m "Build without keys" && git push -q
