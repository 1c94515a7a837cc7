# expect: W2 W7 W3 W4b W14 W8
git show main:config/database.js > config/database.js
git restore --staged .env.bak
git add config/database.js
git commit --amend --no-edit
