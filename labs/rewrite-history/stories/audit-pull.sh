# What became of Aya's pull request?
pull=$((ISSUES + 1))
read -r state merged commits comments <<< "$(gh api "repos/lantern-tides/tides/pulls/$pull" --jq '[.state, .merged, .commits, .comments] | map(tostring) | join(" ")')"
[ -n "$state" ] || { found LOST pull="$pull"; exit 1; }
[ "$merged" = true ] && exit 0
if [ "$state" = closed ]; then
  [ "$comments" -gt 0 ] && exit 0
  found SILENT pull="$pull"
else
  [ "$commits" = 1 ] && gh api "repos/lantern-tides/tides/pulls/$pull/files" --jq '.[].filename' | grep -qx src/harbour.js && exit 0
  found OPEN pull="$pull" commits="$commits"
fi
evidence pulls "pull request #$pull"
exit 1
