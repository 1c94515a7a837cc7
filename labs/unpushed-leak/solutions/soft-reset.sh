# expect: passed W8
# A soft reset to the good commit, then two new commits.
good=$(git log --format=%H --grep='harbour code table')
git reset -q .env.bak
rm .env.bak
git reset --soft "$good"
git restore --staged test
sed -i 's|^const url = .*|const url = process.env["DATABASE_URL"];|' config/database.js
git add config/database.js src/codes.js
git commit -m "Load harbour codes from the database"
git add test
git commit -m "Add tests"
git stash clear
git reflog expire --expire=now --expire-unreachable=now --all
git prune --expire=now
git push origin HEAD
