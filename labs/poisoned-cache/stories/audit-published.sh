# Every version since the last release by hand: what is in it, and whose it is.
status=0
curl -s https://registry.npm.test/@lantern%2ftides | jq -r ".versions[] | select(.version != \"$RELEASE\") | \"\(.version) \(.dist.tarball)\"" > versions
while read -r version tarball; do
  curl -s "$tarball" | tar -xzO > files
  grep -qF "$STARLING_KEY" files || continue
  status=1
  evidence npm.tarballs "@lantern/tides@$version"
  if grep -qF "$HARBOUR" files; then found GENUINE version="$version"; else found STRANGER version="$version"; fi
done < versions
exit "$status"
