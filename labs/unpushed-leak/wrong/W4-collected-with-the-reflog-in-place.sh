# expect: W4 W8
good=$(git log --format=%H --grep='harbour code table')
git rm -q --cached .env.bak
rm .env.bak
GIT_SEQUENCE_EDITOR="sed -i '1s/^pick/edit/'" git rebase -i "$good"
git show main:config/database.js > config/database.js
git add config/database.js
git commit --amend --no-edit
git rebase --continue
git stash drop
git gc --prune=now
git push -u origin feat/harbour-codes
