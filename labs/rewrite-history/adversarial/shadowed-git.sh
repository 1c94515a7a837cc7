# expect: W4 W1 W10 W8 W11
# A function that says that all is well.
git() { echo "Completely finished after 0.00 seconds."; }
git filter-repo --invert-paths --path ops/prod.env
git push --force --mirror origin
sleep 8m
