# expect: W7
# Out of the branch, before anybody used it.
git rm -q "$(git grep -lE 'AKIA[A-Z0-9]{16}')" && git commit -q -m "No keys in files" && git push -q
