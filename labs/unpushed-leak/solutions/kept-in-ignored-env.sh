# expect: passed W8
# The value moves to .env, which git ignores; a merge of main, a commit on top, line ends of another system.
good=$(git log --format=%H --grep='harbour code table')
git config core.autocrlf input
git restore --staged .env.bak
mv .env.bak .env
GIT_SEQUENCE_EDITOR="sed -i '1s/^pick/edit/'" git rebase -i "$good"
printf 'import pg from "pg";\n\nconst { DATABASE_URL } = process.env;\n\nexport const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 8 });\n' > config/database.js
git commit -q -a --amend --no-edit
git rebase --continue
git stash clear
echo '// More harbours come next.' >> src/codes.js
git commit -q -a -m "Say what comes next"
git reflog expire --expire=now --all
git gc -q --prune=now
git push -q -u origin feat/harbour-codes
