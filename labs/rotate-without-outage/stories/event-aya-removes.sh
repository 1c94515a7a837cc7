# Aya sets her fork back to what the project has, so that the file is in no commit of a branch, and throws her clone away.
gh api -X PATCH repos/aya/tides/git/refs/heads/main -f sha="$(gh api repos/lantern-tides/tides/commits/main --jq .sha)" -F force=true --silent
rm -rf tides
echo "It is out of my fork, in the history too. Sorry!" | mail -s "Gone" learner
