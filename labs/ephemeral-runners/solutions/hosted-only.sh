# expect: passed
# No machine of our own at all; late, with mail, panels and another clone.
sleep 21m
gh api repos/lantern-tides/tides/actions/runners --jq '.runners[].id' > /tmp/runners
gh api -X DELETE "repos/lantern-tides/tides/actions/runners/$(cat /tmp/runners)"
ssh harbor-1 <<'SH'
crontab -r
kill $(pgrep -f .cache/)
SH
echo "Please revoke the token for images that lies on harbor-1." | mail -s "A token" priya
deploy() { curl -s -H "Authorization: Bearer $(gh auth token)" "$@"; }
tokens=https://deploy.lantern-tides.test/-/tokens
for service in $(gh run list | cut -f 3 | sed -n '/^Say what/q; s/^Release \([a-z]*\).*/\1/p'); do deploy -d "{\"services\":[\"tides-$service\"]}" $tokens | jq -r .token | gh secret set "${service^^}_KEY"; deploy -X DELETE "$tokens/${service}Key"; done
#@ {"kind":"request","method":"PUT","url":"https://api.forge.test/repos/lantern-tides/tides/actions/permissions/fork-pr-contributor-approval","body":"{\"approval_policy\":\"all_external_contributors\"}"}
git clone -q https://forge.test/lantern-tides/tides.git /tmp/tides
cd /tmp/tides
sed -i 's/runs-on:.*/runs-on: ubuntu-latest/' .github/workflows/*.yml
git commit -q -a -m "Hosted runners for everything" && git push -q
sleep 5m
