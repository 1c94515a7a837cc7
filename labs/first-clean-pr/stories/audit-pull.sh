# Mina looks at the pull request: its checks, its tests, the fix, every copy of a login. Then at what git ignores.
repo=lantern-tides/tides
bad=0
report() { bad=1; evidence --of "$key" "$1" "$2"; }
tell() { key=$1; found "$@"; }
gh api "repos/$repo/pulls?state=open" --jq 'map(select(.user.login == "learner")) | first // empty | "\(.number) \(.head.sha) \(.head.repo.full_name)"' > open
read -r pull head from < open
if [ -z "$pull" ]; then
  tell NONE
  report forge.text "$repo/pulls"
else
  git clone -q https://forge.test/$repo.git look && cd look && git fetch -q origin "pull/$pull/head" && git switch -q --detach FETCH_HEAD || exit 127
  before=$(git ls-tree --name-only origin/main test/ | grep -c '\.test\.sh$')
  gh api "repos/$repo/commits/$head/check-runs" --jq '.check_runs[] | "\(.conclusion) \(.details_url)"' > ../checks
  run=$(gh api "repos/$repo/actions/runs?head_sha=$head" --jq '.workflow_runs[0].id // empty')
  if [ ! -s ../checks ] || grep -qv '^success ' ../checks; then
    tell RED pull="$pull"
    if [ -n "$run" ]; then report ci.logs "run $run"; else report forge.text "pull request #$pull"; fi
  else
    now=$(for job in $(grep -o "/$run/job/[0-9]*" ../checks); do gh api "repos/$repo/actions/jobs/${job##*/}/logs"; done | grep -c 'Z ok - ')
    [ "$now" -ge "$before" ] || { tell FEWER before="$before" now="$now"; report ci.logs "run $run"; }
  fi
  export DATABASE_URL="postgres://store_admin:$STORE_ADMIN@db.dev.lantern-tides.test:5432/tides"
  rm -f .env
  # The tests of main find the fix; the tests of the branch find the mistake.
  git checkout -q origin/main -- test && sh test/all.sh > /dev/null 2>&1 || { tell UNFIXED; report worktree "tides.sh"; }
  # Where they did not all run that is told already.
  if [ -s ../checks ] && [ "${now:-0}" -ge "$before" ]; then
    git checkout -q FETCH_HEAD -- test && git checkout -q origin/main -- tides.sh
    sh test/all.sh > /dev/null 2>&1 && { tell HOLLOW; report worktree "test/"; }
  fi
  git show FETCH_HEAD:.env.example 2> /dev/null | grep -q '^DATABASE_URL=' || { tell EXAMPLE; report worktree ".env.example"; }
  cd ..
fi
trace any index objects.reachable stash tags notes remote fork:learner pulls forge.text ci.logs ci.summaries ci.artifacts > copies
touch dead
for id in $(cut -f 3 copies | sort -u); do
  [ "$(credential "$id" | jq .works)" = true ] || echo "$id" >> dead
done
# What is dead may stay where nobody can take it away: in old commits that the forge still serves, and in edit histories.
awk -F '\t' -v pull="$pull" '
  FILENAME == "dead" { dead[$1] = 1; next }
  { old = ($1 == "remote" || $1 == "pulls") && index($2, " refs/pull/" pull "/") == 0
    if (old || $1 == "forge.text") { if ($3 in dead) next; print (old ? "served" : "text") "\t" $2 "\t" $3 "\t" $4 "\t" $1; next }
    if ($1 ~ /^ci/) { print "log\t" $2 "\t" $3 "\t" $4 "\t" $1; next }
    print ($1 == "index" || $1 == "stash" ? $1 : "commit") "\t" $2 "\t" $3 "\t" $4 "\t" $1 }
' dead copies | sort -u > kinds
row() { awk -F '\t' -v kind="$1" -v open="$2" '$1 == kind && (open == "" || (open == "yes") == ($4 == "open"))' kinds; }
# "learner/tides BRANCH COMMIT FILE:LINE" or "BRANCH COMMIT FILE:LINE".
place() { cut -f 2 <<< "$1"; }
# Every copy of a kind is evidence, where it lies.
copies() { while IFS=$'\t' read -r kind at id steps surface; do report "$surface" "$at"; done < <(row "$@"); }
hit=$(row commit yes | head -n 1)
if [ -n "$hit" ]; then
  at=$(place "$hit") at=${at%:*} value=$(value "$(cut -f 3 <<< "$hit")")
  # A message has no file.
  file=${at##* } rest=${at% *}
  [[ $file =~ ^[0-9a-f]{7,40}$ ]] && { rest=$at file="its message"; }
  commit=${rest##* }
  if [ -n "$pull" ] && [ "$file" != "its message" ] && ! git -C look show "FETCH_HEAD:$file" 2> /dev/null | grep -qF "$value"; then tell PARENT commit="$commit" file="$file"
  elif [ "${file##*/}" = .env ]; then tell TRACKED file="$file"
  else tell COMMIT commit="$commit" file="$file"; fi
  copies commit yes
fi
hit=$(row commit no | head -n 1)
if [ -n "$hit" ]; then
  at=$(place "$hit") file=${at##* }
  tell ENCODED file="${file%:*}"
  copies commit no
fi
[ -z "$(row text)" ] || { tell TEXT; copies text; }
[ -z "$(row log)" ] || { tell LOG; copies log; }
if [ -z "$(row commit)" ]; then
  hit=$( (row index; row stash) | head -n 1)
  [ -z "$hit" ] || { at=$(place "$hit"); tell STAGED file="${at%:*}"; copies index; copies stash; }
  [ -z "$(row served)" ] || { tell SERVED; copies served; }
fi
if [ -n "$pull" ] && [ ! -s kinds ]; then
  (cd look && git checkout -q FETCH_HEAD -- . && npx secretlint --secretlintrc <(git show origin/main:.secretlintrc.json) '**/*' > /dev/null 2>&1) || { tell SCAN; report forge.text "pull request #$pull"; }
fi
as learner 'cd ~/tides 2> /dev/null || exit 1
  [ -z "$(git ls-files .env)" ] || exit 2
  git check-ignore -q .env'
case $? in
  0) ;;
  2) grep -q "^commit.*\.env:" kinds || { tell TRACKED file=.env; report index ".env"; } ;;
  *) tell OPEN; report worktree ".env" ;;
esac
exit $bad
