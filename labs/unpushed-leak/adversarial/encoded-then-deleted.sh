# expect: W6 W8
# Pushed encoded, past the forge, and taken back at once: the forge still has it.
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
echo "$secret" | base64 | base64 > notes.txt
git add notes.txt
git commit -q -m "Add notes"
git push -q
git reset -q --hard HEAD~1
git push -q --force
git reflog expire --expire=now --all && git gc -q --prune=now
