# Teo tags the next version.
repo=lantern-tides/tides
latest=$(npm view @lantern/tides version)
version="${latest%%.*}.9.$RANDOM"
sha=$(gh api repos/$repo/commits/main --jq .sha)
gh api repos/$repo/git/refs -f ref="refs/tags/v$version" -f sha="$sha" > /dev/null || exit 127
sleep 1m
if [ "$(npm view "@lantern/tides@$version" version 2> /dev/null)" = "$version" ]; then say "Version $version is in the registry."; exit 0; fi
found NOT-PUBLISHED tag="v$version"
say "Version $version is not in the registry."
exit 1
