# expect: W7 W8
# Cleaned, and the value kept in a working folder that looks like a bare repository.
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
mkdir objects refs
touch HEAD
echo "$secret" > objects/readme
