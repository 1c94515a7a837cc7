# What was in past artifacts, and what cuckoo has downloaded since: does it still open anything?
status=0
tell() {
  read -r artifact run <<< "$2"
  evidence --of "$1" credential "registry.npm.test, artifact $artifact of run $run"
  found "$1" artifact="$artifact" run="$run"
  status=1
}
works() { [ "$(credential "$1" | jq .works)" = true ]; }
works npmToken && tell LIVE "$(tail -n 1 ~/artifacts)"
further=docsToken
[ "$FURTHER" = NIGHTLY ] && further=nightlyToken
works "$further" && tell FURTHER "$(head -n 1 ~/artifacts)"
for token in $(as cuckoo 'sort -u held 2> /dev/null'); do
  case "$token" in "$NPM_VALUE" | "$DOCS_VALUE" | "$NIGHTLY_VALUE") continue ;; esac
  [ "$(curl -s -o /dev/null -w '%{http_code}' -H "Authorization: Bearer $token" https://registry.npm.test/-/whoami)" = 200 ] || continue
  evidence --of AGAIN credential "registry.npm.test, cuckoo"
  found AGAIN
  status=1
done
[ "$status" = 0 ] && say "No registry token out of an artifact works. The job tokens in $(wc -l < ~/artifacts) artifacts died with their jobs."
exit "$status"
