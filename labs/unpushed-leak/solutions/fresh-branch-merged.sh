# expect: passed W8
# Two clean branches and a merge, another branch checked out at the end, refs packed, an annotated tag.
leak=$(git log --format=%H --grep='Load harbour codes')
git rm -q -f .env.bak
git switch -q -c tests "$leak~1"
git cherry-pick "$leak..feat/harbour-codes"
git switch -q -C feat/harbour-codes "$leak~1"
git checkout "$leak" -- src/codes.js
git commit -q -m "Load harbour codes from the database"
git merge -q --no-ff -m "Merge the tests" tests
git branch -q -D tests
git tag -a reviewed -m "Ready for review"
git stash clear
git reflog expire --expire=now --all
git pack-refs --all
git gc -q --prune=now
git push -q -u origin feat/harbour-codes
git switch -q main
