# expect: W5 W14 W8
git show main:config/database.js > /tmp/database.js
mv /tmp/database.js config/database.js
rm -rf .git .env.bak
git init -q -b feat/harbour-codes
git add .
git commit -q -m "Harbour codes"
git remote add origin https://forge.test/lantern-tides/tides.git
