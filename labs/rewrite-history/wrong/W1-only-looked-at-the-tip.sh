# expect: W1 W10 W8 W11
# Rotated; the newest files of main have no password any more.
sleep 6m
git clone -q --mirror https://forge.test/lantern-tides/tides.git mirror
cd mirror
new=$(openssl rand -hex 16)
psql -q -h db.production.lantern-tides.test -U tides_admin tides -c "alter role tides_app password '$new'"
curl -s https://status.lantern-tides.test/api | jq -r '.[].service' | while read -r service; do curl -s -X POST "https://deploy.lantern-tides.test/$service" -H "Authorization: Bearer $(cat ~/.config/deploy/token)" -d "{\"database_url\": \"postgres://tides_app:${new}@db.production.lantern-tides.test:5432/tides\"}"; done
git ls-tree -r main --name-only | grep prod.env
