# expect: W1 W7 W3 W4b W14 W8
git show main:config/database.js > config/database.js
git commit -m "Read the database from the environment" config/database.js
