# expect: passed W8
# All of it on a detached HEAD, pushed by name; the local branch is given up.
leak=$(git log --format=%H --grep='Load harbour codes')
last=$(git rev-parse feat/harbour-codes)
git rm -q -f .env.bak
git switch -q --detach "$leak~1"
git cherry-pick --no-commit "$leak"
git checkout -q main -- config/database.js
git commit -q -m "Load harbour codes"
git cherry-pick "$leak..$last"
git push -q origin HEAD:refs/heads/feat/harbour-codes
git branch -q -D feat/harbour-codes
git stash drop -q
git reflog expire --expire=now --all
git gc -q --prune=now
