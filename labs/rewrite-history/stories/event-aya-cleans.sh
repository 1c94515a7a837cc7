# Aya puts her work on the new history, and everything in her fork too.
git clone -q https://forge.test/lantern-tides/tides.git fresh || exit
cd fresh
git switch -q -c harbour-names
cp ../tides/src/harbour.js src/
git add src && git commit -q -m "Name the harbour"
git remote add fork https://forge.test/aya/tides.git
git push -q --force fork main harbour-names origin/release/1.x:refs/heads/release/1.x --tags
cd .. && rm -rf tides && mv fresh tides
echo "My branch and my fork are on the new history." | mail -s "Re: your fork" learner@lantern-tides.test
