# The same hurry, and somebody who knows --no-verify.
cd tides && git switch -q -c try-settings || exit 0
canary npmToken 1 > src/settings-2.js
git add -f src/settings-2.js
git commit -q --no-verify -m "Try settings" -- src/settings-2.js
if git push -q --no-verify https://forge.test/lantern-tides/tides.git HEAD:refs/heads/try-settings; then
  git commit -q --amend -m "Try settings again" && found OPEN || found AROUND
  evidence remote "lantern-tides/tides try-settings src/settings-2.js:1"
  say "The forge took the push."
  exit 0
fi
say "The forge refused the push."
exit 1
