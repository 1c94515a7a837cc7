repo=lantern-tides/tides
latest=$(npm view @lantern/tides version 2> /dev/null || echo "$RELEASE")
version=${latest%%-*} version=${version%.*}.1$(date +%H%M%S)
sha=$(gh api repos/$repo/commits/main --jq .sha)
gh api -X POST repos/$repo/git/refs -f ref="refs/tags/v$version" -f sha="$sha" > /dev/null || exit 127
sleep 3m
if [ "$(npm view "@lantern/tides@$version" version 2> /dev/null)" = "$version" ]; then say "Version $version is in the registry."; exit 0; fi
found NOT-PUBLISHED tag="v$version"
say "Version $version is not in the registry."
exit 1
