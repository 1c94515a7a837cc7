# expect: W11
# One job: nothing is stored, only the last step has a token.
secret=$(gh secret list --json name --jq '.[0].name')
npm login > /dev/null 2>&1
npm token revoke "$(npm token list | sed -n 's/.*with id \([0-9a-f]*\) name publishes .*/\1/p')"
npm token create --name release --packages @lantern/tides --packages-and-scopes-permission read-write | sed -n 's/^Created token //p' | gh secret set "$secret"
sed -i -e '/^env:/,/NODE_AUTH_TOKEN/d' -e 's/contents: write/contents: read/' -e 's/          ref: .*/&\n          persist-credentials: false/' .github/workflows/size.yml
git add . && git commit -q -m "Build without keys" && git push -q
