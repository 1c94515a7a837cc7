# The project, the database and the store of the developers; then the learner's fork and branch.
HIGHCM=${HIGH% *} HIGHM=${HIGH#* } LOWCM=${LOW% *} LOWM=${LOW#* }
mkdir seed/db
printf 'create table tides (hour int, cm int);\ninsert into tides values (%s, %s), (%s, %s), (%s, %s), (%s, %s);\n' 0 "$LOWCM" 6 "$HIGHCM" 12 "$LOWCM" 18 "$HIGHCM" > seed/db/tides.sql
printf '# Heights are rounded, not cut off.\ntest "$(sh tides.sh | sed -n 2p)" = "06:00 %s m"\n' "$HIGHM" > seed/test/rounding.test.sh
export ADMIN="postgres://store_admin:$STORE_ADMIN@db.dev.lantern-tides.test:5432/tides"
psql "$ADMIN" -q -f seed/db/tides.sql
as priya <<'PRIYA'
bao secrets enable database
bao write database/config/dev plugin_name=postgresql-database-plugin allowed_roles='*' \
  connection_url='postgresql://{{username}}:{{password}}@db.dev.lantern-tides.test:5432/tides' username=store_admin password="$STORE_ADMIN"
bao write database/roles/dev db_name=dev default_ttl=24h max_ttl=24h \
  creation_statements="CREATE ROLE \"{{name}}\" WITH LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}'; GRANT SELECT ON tides TO \"{{name}}\";"
bao policy write dev - <<'POLICY'
path "database/creds/dev" { capabilities = ["read"] }
path "sys/leases/revoke" { capabilities = ["update"] }
path "sys/leases/lookup" { capabilities = ["update"] }
POLICY
PRIYA
cd seed
git init -q -b main
git add . && git -c user.name=Mina -c user.email=mina@lantern-tides.test commit -q -m "Tides of a day"
export FILES="$(tar -czf - . | base64 -w0)"
as mina <<'MINA'
mkdir tides && cd tides && printf '%s' "$FILES" | base64 -d | tar -xzf -
git remote add origin https://forge.test/lantern-tides/tides.git
git push -q -u origin main
gh api -X PUT repos/lantern-tides/tides/actions/permissions/fork-pr-contributor-approval -f approval_policy=first_time_contributors_new_to_github
gh issue create --title "Heights are cut off, not rounded" --body "$(sed 's/ .*//' <<< "$HIGH") cm should be $(sed 's/.* //' <<< "$HIGH") m." > /dev/null
MINA
cd && rm -rf seed
sleep "$PAUSE"
gh repo fork lantern-tides/tides --clone > /dev/null 2>&1
cd tides
git switch -q -c fix/rounding
cd
