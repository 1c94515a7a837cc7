# expect: W4 W10 W9 W7 W8
# Functions that say that all is well.
gh() { echo ok; }
npm() { echo ok; }
git() { echo ok; }
npm token revoke 1
gh run delete 1
git push
