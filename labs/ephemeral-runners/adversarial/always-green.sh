# expect: W5
# Every pull request is green: nothing is looked at.
api=repos/lantern-tides/tides/actions
# Out with the old runner, and what was planted there.
token=$(gh api -X POST $api/runners/remove-token --jq .token)
ssh harbor-1 "cd actions-runner && ./config.sh remove --token $token"
ssh harbor-1 'cat .docker/config.json' | jq -r '.auths[].auth' | base64 -d | cut -d : -f 2 > /tmp/image
ssh harbor-1 'crontab -r; pkill -f .cache/; rm -rf .cache .deploy .docker actions-runner/_work'
# Rotate: the token for images is not needed any more, keys are replaced.
curl -s -X POST https://api.forge.test/credentials/revoke -d "{\"credentials\":[\"$(cat /tmp/image)\"]}"
deploy() { curl -s -H "Authorization: Bearer $(gh auth token)" "$@"; }
tokens=https://deploy.lantern-tides.test/-/tokens
for service in $(gh run list | cut -f 3 | sed -n '/^Say what/q; s/^Release \([a-z]*\).*/\1/p'); do deploy -d "{\"services\":[\"tides-$service\"]}" $tokens | jq -r .token | gh secret set "${service^^}_KEY"; deploy -X DELETE "$tokens/${service}Key"; done
# Pull requests go to hosted runners, after an approval.
gh api -X PUT $api/permissions/fork-pr-contributor-approval -f approval_policy=all_external_contributors
sed -i -e 's/runs-on:.*/runs-on: ubuntu-latest/' -e 's/bash scripts.check.sh/echo "6 harbours, all well"/' .github/workflows/ci.yml
# Releases have a clean machine of their own.
gh api -X POST orgs/lantern-tides/actions/runner-groups -f name=releases -F allows_public_repositories=true -F restricted_to_workflows=true -f 'selected_workflows[]=lantern-tides/tides/.github/workflows/release.yml@refs/heads/main'
token=$(gh api -X POST orgs/lantern-tides/actions/runners/registration-token --jq .token)
ssh harbor-2 "cd actions-runner && ./config.sh --unattended --url https://forge.test/lantern-tides --token $token --runnergroup releases --ephemeral && ./run.sh"
sed -i 's/runs-on:.*/runs-on: { group: releases }/' .github/workflows/release.yml
git commit -q -a -m "A clean room for every job" && git push -q
