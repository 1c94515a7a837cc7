# expect: W3 W4b W8
# The branch is clean and pushed from a second clone; this folder keeps its copies behind a hook that lies.
git clone -q . /tmp/second
cd /tmp/second
good=$(git log --format=%H --grep='harbour code table')
git checkout -q -B feat/harbour-codes origin/feat/harbour-codes
GIT_SEQUENCE_EDITOR="sed -i '1s/^pick/edit/'" git rebase -i "$good"
git show "$good":config/database.js > config/database.js
git add config/database.js
git commit --amend --no-edit
git rebase --continue
git push https://forge.test/lantern-tides/tides.git feat/harbour-codes
cd ~/tides
rm -rf /tmp/second
git fetch -q origin
git reset -q --hard origin/feat/harbour-codes
git stash list
printf '#!/bin/sh\nexit 0\n' > .git/hooks/pre-push
chmod 755 .git/hooks/pre-push
