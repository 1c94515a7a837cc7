# Sam has never been here before, and uses quotes, backticks, dollar signs and two lines. The greeting shows all of it.
title="It's \"high\" \`tide\` at \$5 & \$(noon); 100 % 🌊"
body=$'First line: `$HOME` "as is", it\'s \\n fine\nSecond line: ${x} <b> 🌊'
gh repo fork lantern-tides/tides --clone > /dev/null 2>&1
cd tides && git switch -q -c sam/new-harbour && echo "It's new." > new.txt && git add . && git commit -q -m "Add \"new\" harbour & \$5" && git push -q origin sam/new-harbour || exit 127
gh pr create -R lantern-tides/tides --head sam:sam/new-harbour --base main --title "$title" --body "$body" > url || exit 127
number=$(sed 's|.*/||' url)
sleep 2m
gh api "repos/lantern-tides/tides/issues/$number/comments" --jq '.[] | select(.user.login != "sam") | .body' > greeting
if [ ! -s greeting ]; then
  found SILENT
  evidence forge.text "pull request #$number has no greeting"
  exit 1
fi
good=0
has() {
  grep -qF -- "$2" greeting && return
  [ $good = 1 ] || found MANGLED part="$1"
  evidence forge.text "pull request #$number: the greeting lacks the $1"
  good=1
}
has title "$title"
has description "${body%%$'\n'*}"
has description "${body#*$'\n'}"
has commits 'Add "new" harbour & $5'
if [ "$(gh api "repos/lantern-tides/tides/issues/$number/labels" --jq '[.[].name] | index("'"$LABEL"'") != null')" != true ]; then
  found BARE
  evidence forge.text "pull request #$number has no label $LABEL"
  good=1
fi
[ $good = 1 ] || say "Sam's pull request was greeted: $(head -n 1 greeting)"
exit $good
