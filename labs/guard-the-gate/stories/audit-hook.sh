# The learner, in a hurry: something clean into a commit, then a file with a token.
cd tides || { found NOTHERE; exit 1; }
echo "Hours are hours after low water." > notes-1.md
git add -f notes-1.md || { found NOTHERE; exit 1; }
if ! git commit -q -m "Say what hours are" -- notes-1.md; then
  found STOPPED
  say "A clean commit was stopped."
  exit 1
fi
canary githubToken 1 > src/settings-1.js
git add -f src/settings-1.js
if git commit -q -m "Try settings" -- src/settings-1.js; then
  found TOOK
  evidence worktree "src/settings-1.js:1"
  say "A commit with a token was made: $(git log -1 --format=%h)."
  exit 1
fi
say "The clean commit was made, the one with a token was stopped."
