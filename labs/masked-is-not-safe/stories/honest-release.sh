# Teo changes the version on main and waits until it is everywhere.
repo=lantern-tides/tides
next="2.$MINOR.80"
sha=$(gh api "repos/$repo/contents/VERSION" --jq .sha 2> /dev/null)
gh api -X PUT "repos/$repo/contents/VERSION" -f message="Release $next" -f content="$(echo "$next" | base64 -w0)" ${sha:+-f sha="$sha"} > /dev/null
sleep 4m
npm view "@lantern/tides@next" version | grep -qF "$next" || { found LOST what="the package"; exit 1; }
for service in tides-api tides-web; do
  state=$(curl -s "https://status.lantern-tides.test/api/$service" | jq -r '"\(.version) \(.healthy)"')
  [ "$state" = "$next true" ] || { found LOST what="$service"; exit 1; }
done
say "Version $next is published, and both services run it."
