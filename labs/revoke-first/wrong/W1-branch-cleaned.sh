# expect: W1
# The file is gone, by force; the key works.
sleep 235
sleep 6m
git reset -q --hard HEAD~1 && git push -q -f
