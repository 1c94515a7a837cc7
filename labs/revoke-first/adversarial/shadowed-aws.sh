# expect: W7
# Functions that say that all is well.
aws() { echo '{"Events": []}'; }
git() { echo ok; }
aws iam update-access-key --user-name ci-sandbox --status Inactive
git push
