# expect: passed W8
# Interactive rebase, then everything that refers to old objects.
good=$(git log --format=%H --grep='harbour code table')
git restore --staged .env.bak && rm .env.bak
GIT_SEQUENCE_EDITOR="sed -i '1s/^pick/edit/'" git rebase -i "$good"
git show main:config/database.js > config/database.js
git add config/database.js
git commit --amend --no-edit
git rebase --continue
git stash drop
git reflog expire --expire=now --all && git gc --prune=now
git log --all --oneline
git fsck --unreachable --no-reflogs
git push -u origin feat/harbour-codes
