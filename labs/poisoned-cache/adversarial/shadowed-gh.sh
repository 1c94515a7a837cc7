# expect: W7 W11 W8
# Functions that say that all is well.
gh() { echo ok; }
git() { echo ok; }
gh cache delete --all
git push
