# expect: W7 W9 W11 W5 W4 W1 W12
# A function that says that all is well.
gh() { echo ok; }
npm() { echo ok; }
gh run delete 1
npm token revoke x
mkdir leaked.yaml
