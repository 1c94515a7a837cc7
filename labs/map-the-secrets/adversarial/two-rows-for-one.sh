# expect: W6 W8
# A wrong row, and the right one after it.
# What each system knows.
npm login > /dev/null
publish=$(npm token list --json | jq -r '.[] | select(.name == "tides-release") | .key')
install=$(npm token list --json | jq -r '.[] | select(.name == "install") | .key')
active() { aws iam list-access-keys --user-name $1 | jq -r '.AccessKeyMetadata[] | select(.Status == "Active") | .AccessKeyId'; }
hook=$(gh api repos/lantern-tides/tides/hooks --jq '.[] | select(.active) | .id')
infra=$(gh repo deploy-key list -R lantern-tides/infra | cut -f 1)
reads() { grep -l "secrets\.$1 " .github/workflows/*.yml | sed 's#.*/##' | tr "\n" " " | sed "s# \$##; s# #, #g"; }
used=$(sed -n 's/.*secrets\.\([A-Z_]*\) .*/\1/p' .github/workflows/*.yml)
named() { sed -n "$2" .github/workflows/$1.yml | sed 's/.*secrets\.\([A-Z_]*\) .*/\1/'; }
sign=$(named release '/KEY:/p'); read=$(named ci '/TOKEN:/p'); database=$(named deploy '/URL:/p')
extra=$(gh secret list | cut -f 1 | grep -v -x -e "$sign" -e "$read" -e "$(named release '/AUTH/p')")
policy=$(bao policy read tides-api)
# The map.
row() { printf '  - { id: "%s", kind: %s, owner: %s, consumers: [%s], revoke: %s, environment: %s }\n' "$@"; }
orphans="$(active log-archive)"
{
  sed '/^# from:/,$d' secrets-inventory.yaml
  row "$publish" token releases release.yml registry ""
  row "$install" token teo ci.yml registry ""
  row "$(active ci-deploy)" key operations deploy.yml cloud production
  row "$(active log-archive)" key jonas "" cloud ""
  row "$infra" key mina website/build.yml forge ""
  row "$hook" webhook priya status.lantern-tides.test forge ""
  row label.yml token jonas label.yml forge ""
  row "$sign" key teo release.yml teo ""
  row "$extra" token teo "$(reads $extra)" outside ""
  row "$database" url priya deploy.yml database staging
  row website/stats password mina website "the provider" ""
} > /tmp/map
[ -n "$(reads $extra)" ] || orphans="$orphans, $extra"
for path in $(bao kv list -format=json kv/tides | jq -r '.[]'); do
  [ "$(bao kv metadata get -format=json kv/tides/$path | jq -r '.data.versions["1"].deletion_time')" = "" ] || continue
  user=""; [[ $policy == *"/$path\""* ]] && user=tides-api
  row "tides/$path" password priya "$user" "the provider" "" >> /tmp/map
  [ -n "$user" ] || orphans="$orphans, tides/$path"
done
kept=ci; grep -q upload-artifact .github/workflows/ci.yml || kept=release
start=manual; grep -q branches .github/workflows/deploy.yml && start=push
cat >> /tmp/map <<YAML
flows:
  - { from: fork pull request, to: ci.yml }
  - { from: ci.yml, to: cache }
  - { from: $kept.yml, to: artifacts }
  - { from: tag, to: release.yml }
  - { from: release.yml, to: registry }
  - { from: $start, to: deploy.yml }
  - { from: deploy.yml, to: cloud }
  - { from: issue, to: notify.yml }
  - { from: notify.yml, to: chat }
  - { from: schedule, to: label.yml }
orphans: [$orphans]
riskiest: [label.yml, "$publish", "$(active log-archive)"]
YAML
cp /tmp/map secrets-inventory.yaml
sed -i '0,/^  - { id: "'$publish'"/s//  - { id: "'$publish'", kind: token, owner: teo, consumers: [ci.yml], revoke: cloud }\n&/' secrets-inventory.yaml
