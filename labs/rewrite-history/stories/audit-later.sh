# Forty minutes from the beginning: everybody went on working. Is Teo's work there, and no copy back?
trace prodDb remote releases fork:aya > /dev/null && exit 1
left=$(($(date -d '2026-03-03 09:40:00' +%s) - $(date +%s)))
sleep "$((left > 60 ? left : 60))"
as teo 'cd tides && git pull -q --no-rebase --no-edit && git push -q' 2> /dev/null
if ! gh api repos/lantern-tides/tides/contents/src/moon.js --silent 2> /dev/null; then
  lost=$(gh api repos/lantern-tides/tides/events --jq '[.[] | select(.type == "PushEvent" and .actor.login == "teo")][-1].payload.head[0:7] // "of minute 6"')
  found LOST commit="$lost"
  evidence remote "lantern-tides/tides main src/moon.js"
  exit 1
fi
copies=$(trace prodDb remote releases fork:aya clone:teo) || exit 0
merge=$(gh api "repos/lantern-tides/tides/commits?sha=main&per_page=1" --jq '.[0].sha[0:7]')
found BACK merge="$merge" count="$(echo "$copies" | wc -l)"
evidence remote "lantern-tides/tides $merge"
exit 1
