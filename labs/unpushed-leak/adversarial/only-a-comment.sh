# expect: W13 W14 W8
# All copies are gone, but the environment is read in a comment only.
good=$(git log --format=%H --grep='harbour code table')
secret=$(sed -n 's/^DATABASE_URL=//p' .env.bak)
git rm -q -f .env.bak
GIT_SEQUENCE_EDITOR="sed -i '1s/^pick/edit/'" git rebase -i "$good"
git show main:config/database.js > config/database.js
git commit -q -a --amend --no-edit
git rebase --continue
git stash clear
git reflog expire --expire=now --all && git gc -q --prune=now
git push -q -u origin feat/harbour-codes
sed -i "s|^const url = .*|const url = undefined; // process.env.DATABASE_URL|" config/database.js
git commit -q -a -m "Tidy up"
git reflog expire --expire=now --all && git gc -q --prune=now
