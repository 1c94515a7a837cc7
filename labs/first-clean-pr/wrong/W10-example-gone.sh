# expect: W10
echo .env >> .gitignore
sed -i 's|int($2 / 10) / 10|$2 / 100|' tides.sh
git rm -q .env.example && git commit -q -a -m "Round heights"
git push -q -u origin fix/rounding
gh pr create --repo lantern-tides/tides --title "Round heights" --body "Fixes #1."
sleep 1m
