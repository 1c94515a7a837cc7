# expect: W15 W14 W8
# The tainted repository is moved aside and a clean one put in its place.
mv .git /tmp/old.git
git show main:config/database.js
git clone -q https://forge.test/lantern-tides/tides.git /tmp/fresh
mv /tmp/fresh/.git .git
rm -f .env.bak
git reset -q --hard
