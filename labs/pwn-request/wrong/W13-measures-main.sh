# expect: W13 W12
# Builds what main has.
secret=$(gh secret list --json name --jq '.[0].name')
npm login > /dev/null 2>&1
npm token revoke "$(npm token list | sed -n 's/.*with id \([0-9a-f]*\) name publishes .*/\1/p')"
npm token create --name release --packages @lantern/tides --packages-and-scopes-permission read-write | sed -n 's/^Created token //p' | gh secret set "$secret"
sed -i -e '/^        with:/,/          ref:/d' -e '/^env:/,/NODE_AUTH_TOKEN/d' .github/workflows/size.yml
git add . && git commit -q -m "Build without keys" && git push -q
