# expect: W6 W9
echo .env >> .gitignore
sed -i 's| && npm test||' .github/workflows/test.yml
git commit -q -a -m "Round heights"
git push -q -u origin fix/rounding
gh pr create --repo lantern-tides/tides --title "Round heights" --body "Fixes #1."
sleep 1m
