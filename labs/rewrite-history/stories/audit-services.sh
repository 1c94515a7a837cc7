# Does every service reach its database?
down=$(curl -s https://status.lantern-tides.test/api | jq -r '[.[] | select(.healthy | not) | .service] | join(", ")')
[ -z "$down" ] && exit 0
found DOWN services="$down"
evidence services "$down"
exit 1
