# expect: passed
# A fresh branch from the good commit, the later commits picked onto it; the shell history is tidied too.
leak=$(git log --format=%H --grep='Load harbour codes')
last=$(git rev-parse feat/harbour-codes)
git rm -q -f --cached .env.bak
rm -f .env.bak
git switch -c mended "$leak~1"
git checkout "$leak" -- src/codes.js
git commit -m "Load harbour codes from the database"
git cherry-pick "$leak..$last"
git branch -f feat/harbour-codes mended
git switch feat/harbour-codes
git branch -D mended
git stash drop stash@{0}
git reflog expire --expire=now --all
git gc --prune=now --quiet
sed -i '/psql/d' ~/.bash_history
git push --set-upstream origin feat/harbour-codes
