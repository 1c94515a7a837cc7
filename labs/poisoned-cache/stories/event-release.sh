git clone -q https://forge.test/lantern-tides/tides.git release && cd release || exit 0
patch=${RELEASE##*.}
next="${RELEASE%.*}.$(( patch + 1 ))"
sed -i "s/\"version\": .*/\"version\": \"$next\",/" package.json
git commit -q -a -m "Release $next" && git push -q
gh workflow run release.yml -R lantern-tides/tides
