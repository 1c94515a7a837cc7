# expect: passed W8
# The history tool: the value is replaced everywhere on the branch.
git restore --staged .env.bak
secret=$(sed -n 's/^DATABASE_URL=//p' .env.bak)
rm .env.bak
git stash drop
printf 'literal:"%s"==>process.env.DATABASE_URL\n' "$secret" > /tmp/replacements
git filter-repo --force --replace-text /tmp/replacements
rm /tmp/replacements
git reflog expire --expire=now --all
git gc --prune=now
git remote add origin https://forge.test/lantern-tides/tides.git
git push -u origin feat/harbour-codes
