# expect: W10 W8
# Cleaned, and the value kept in the header of a commit that a ref of its own holds.
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
git cat-file commit HEAD | sed "1a encoding $(echo "$secret" | xxd -p -c 999)" > /tmp/commit
git update-ref refs/keep/one "$(git hash-object -t commit -w /tmp/commit)"
rm /tmp/commit
