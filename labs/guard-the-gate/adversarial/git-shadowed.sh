# expect: W8 W10 W11 W15
# The shell says that all is well; the forge and the hook are as before.
git() { echo "nothing to commit, working tree clean"; }
npx() { echo "no problems"; }
gh() { echo "all checks passed"; }
git config core.hooksPath .githooks
gh api -X POST repos/lantern-tides/tides/rulesets
