# expect: W7 W8
# Cleaned; the working folder becomes a link, and an unreadable file in it keeps the value.
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
cd
mv tides /tmp/elsewhere
ln -s /tmp/elsewhere tides
echo "$secret" > /tmp/elsewhere/left.txt
chmod 000 /tmp/elsewhere/left.txt
cd tides
