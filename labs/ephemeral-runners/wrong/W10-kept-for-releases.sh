# expect: W10 W7 W2 W9
# The old machine, tidied up, for releases only.
api=repos/lantern-tides/tides/actions
ssh harbor-1 'cat .docker/config.json' | jq -r '.auths[].auth' | base64 -d | cut -d : -f 2 > /tmp/image
ssh harbor-1 'crontab -r; pkill -f .cache/; rm -rf .cache .deploy .docker actions-runner/_work'
curl -s -X POST https://api.forge.test/credentials/revoke -d "{\"credentials\":[\"$(cat /tmp/image)\"]}"
deploy() { curl -s -H "Authorization: Bearer $(gh auth token)" "$@"; }
tokens=https://deploy.lantern-tides.test/-/tokens
for service in $(gh run list | cut -f 3 | sed -n '/^Say what/q; s/^Release \([a-z]*\).*/\1/p'); do deploy -d "{\"services\":[\"tides-$service\"]}" $tokens | jq -r .token | gh secret set "${service^^}_KEY"; deploy -X DELETE "$tokens/${service}Key"; done
gh api -X PUT $api/permissions/fork-pr-contributor-approval -f approval_policy=all_external_contributors
sed -i 's/runs-on:.*/runs-on: ubuntu-latest/' .github/workflows/ci.yml
git commit -q -a -m "A clean room for every job" && git push -q
