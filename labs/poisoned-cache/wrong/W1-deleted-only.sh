# expect: W1 W8
# The entry goes, everything else stays.
gh cache delete --all
