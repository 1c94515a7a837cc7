# The same questions, asked by somebody who may ask everybody.
hooks=$(gh api repos/lantern-tides/tides/hooks --jq '.[].id')
infra=$(gh api repos/lantern-tides/infra/keys --jq '.[0].id')
tokens=$(as teo 'npm login > /dev/null; npm token list --json' | jq -r '.[] | "\(.name) \(.key)"')
key() { sed -n "s/^$1 //p" <<< "$tokens"; }
own() { aws iam list-access-keys --user-name $1 | jq -r '.AccessKeyMetadata[0].AccessKeyId // "none"'; }
signed_in="$(own mina), mina, $(own learner), learner,"
logins=$(sed -n 's/^npm login \(\(......\).*\)/\1, \2,/p' <<< "$tokens" | tr '\n' ' ')
date=$(date -u -d @1772269200 +%F)
people="[learner, new contributor, mina, teo, priya, jonas, releases, operations]"
errors=[] extra=[] also="" orphans=""
case $ORPHAN in
  errors) extra="[release.yml]" ;;
  extra) errors="[tides-api]" ;;
esac
[ "$ALSO" = yes ] && also=", website/build.yml"
of() { echo "[$1, tides/$1, kv/tides/$1, kv/data/tides/$1, kv/metadata/tides/$1, secret/tides/$1]"; }
log_archive="[$ARCHIVE_VALUE_ID, log-archive]"
[ "$errors" = "[]" ] && orphans="$orphans
  - value: $(of "$ERRORS")"
[ "$extra" = "[]" ] && orphans="$orphans
  - value: $EXTRA"
rows=$(cat <<YAML
  - { id: [$NPM, tides-release, $(key tides-release), $(key tides-release | cut -c 1-6)], service: package registry, owner: $people, consumers: [release.yml], revoke: registry }
  - { id: [$READ, install, $(key install), $(key install | cut -c 1-6)], service: package registry, owner: $people, consumers: [ci.yml], revoke: registry }
  - { id: [AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, $CLOUD_VALUE_ID, ci-deploy], service: cloud, owner: $people, consumers: [deploy.yml], revoke: cloud, environment: production }
  - { id: $log_archive, service: cloud, owner: $people, consumers: [], revoke: cloud }
  - { id: ["$infra", website build, INFRA_KEY], service: forge, owner: $people, consumers: [website/build.yml], revoke: forge }
  - { id: ["$(sed -n 1p <<< "$hooks")", webhook, "https://status.lantern-tides.test/events", status.lantern-tides.test], service: forge, owner: $people, consumers: [status.lantern-tides.test], revoke: forge }
  - { id: [label.yml, .github/workflows/label.yml], service: forge, owner: $people, consumers: [label.yml], revoke: forge }
  - { id: $HOOK, service: forge, owner: $people, consumers: [notify.yml$also], revoke: chat }
  - { id: $SIGN, service: forge, owner: $people, consumers: [release.yml] }
  - { id: $EXTRA, service: forge, owner: $people, consumers: $extra }
  - { id: $DATABASE, service: forge, owner: $people, consumers: [deploy.yml], revoke: database, environment: staging }
  - { id: $(of "$MAIL"), service: secret store, owner: $people, consumers: [tides-api] }
  - { id: $(of "$ERRORS"), service: secret store, owner: $people, consumers: $errors }
  - { id: [stats, website/stats, kv/website/stats, kv/data/website/stats, kv/metadata/website/stats], service: secret store, owner: $people, consumers: [website] }
  - { id: [$signed_in $logins npm login], optional: true }
YAML
)
truth <<YAML
credentials:
$rows
dead:
  - { id: $FORMER_VALUE_ID, ended: made inactive, date: "$date" }
  - { id: $(of "$OLD"), ended: deleted, date: "$date" }
  - { id: ["$(sed -n 2p <<< "$hooks")", "https://board.lantern-tides.test/events", board.lantern-tides.test], ended: switched off, date: "$date" }
flows:
  - { from: fork pull request, to: ci.yml }
  - { from: ci.yml, to: cache }
  - { from: $KEPT.yml, to: artifacts }
  - { from: tag, to: release.yml }
  - { from: release.yml, to: registry }
  - { from: $START, to: deploy.yml }
  - { from: deploy.yml, to: cloud }
  - { from: notify.yml, to: chat }
  - { from: issue, to: notify.yml }
  - { from: schedule, to: label.yml }
  - { from: [ci.yml, release.yml, deploy.yml], to: [registry, cloud, database], optional: true }
orphans:
  - value: $log_archive$orphans
riskiest:
$(sed -n 's/^  - { id: \(\[[^]]*\]\|[^,]*\), service.*/  - { value: \1, optional: true }/p' <<< "$rows")
YAML
