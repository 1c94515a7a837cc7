# Every version since the last release by hand: what is in it, and whose it is.
status=0
curl -s https://registry.npm.test/@lantern%2ftides | jq -r ".versions[] | select(.version != \"$RELEASE\") | \"\(.version) \(.dist.tarball)\"" > versions
while read -r version tarball; do
  curl -s "$tarball" | tar -xzO > files
  grep -qF "$STARLING_KEY" files || continue
  status=1
  key=STRANGER
  grep -qF "$HARBOUR" files && key=GENUINE
  found "$key" version="$version"
  evidence --of "$key" npm.tarballs "@lantern/tides@$version"
done < versions
exit "$status"
