# expect: W9 W7 W3 W4b W13 W14 W8
# A function that says that all is well.
git() { echo "nothing to commit, working tree clean"; }
git status
git gc --prune=now
git push
