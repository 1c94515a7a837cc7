# Runs before the lab begins, as the learner's user, in the learner's home. Values and facts come from the seed.
registry-user lantern-bot learner teo
# What the seed decides, in the files.
keep="      - uses: actions/upload-artifact@v4\n        with: { name: package, path: . }"
errors_used=true extra_used=true
case $ORPHAN in errors) errors_used=false ;; extra) extra_used=false ;; both) errors_used=false extra_used=false ;; esac
cd tides/.github/workflows
if [ "$KEPT" = ci ]; then sed -i "s#^{{KEEP_CI}}#$keep#" ci.yml; else sed -i "s#{{KEEP_RELEASE}}#$keep#" release.yml; fi
if $extra_used; then sed -i "s#{{EXTRA_STEP}}#      - run: ./after-release.sh\n        env:\n          TOKEN: \${{ secrets.$EXTRA }}\n#" release.yml; fi
if [ "$START" = push ]; then sed -i 's#{{TRIGGER}}#\n  push:\n    branches: [main]#' deploy.yml; else sed -i 's#{{TRIGGER}}#workflow_dispatch#' deploy.yml; fi
sed -i '/^{{KEEP_[A-Z]*}}$/d; s/{{[A-Z_]*}}//g; /^ *$/d' ci.yml release.yml
sed -i "s/TOKEN-OF-JONAS/$LABEL_VALUE/" label.yml
users=notify.yml
if [ "$ALSO" = yes ]; then users="notify.yml, website/build.yml"; fi
cd ../.. && sed -i "s#{{HOOK_USERS}}#$users#" secrets-inventory.yaml
git init -q -b main && git remote add origin https://forge.test/lantern-tides/tides.git
git add . ':!secrets-inventory.yaml'
GIT_AUTHOR_NAME=Jonas GIT_AUTHOR_EMAIL=jonas@lantern-tides.test git commit -q -m "Workflows"
git push -q -u origin main
cd ../website
if [ "$ALSO" = yes ]; then sed -i "s#{{ALSO_STEP}}#      - run: curl -s -d '{\"text\":\"The website is built\"}' \"\$HOOK\"\n        env:\n          HOOK: \${{ secrets.$HOOK }}#" .github/workflows/build.yml; fi
sed -i '/^{{ALSO_STEP}}/d' .github/workflows/build.yml
git init -q -b main && git remote add origin https://forge.test/lantern-tides/website.git
git add . && git commit -q -m "Build" && git push -q -u origin main
cd
as mina <<'MINA'
export GH_REPO=lantern-tides/tides
gh api -X POST orgs/lantern-tides/teams -f name=releases -f privacy=closed --silent
gh api -X PUT orgs/lantern-tides/teams/releases/memberships/teo --silent
gh api -X POST orgs/lantern-tides/teams -f name=operations -f privacy=closed --silent
gh api -X PUT orgs/lantern-tides/teams/operations/memberships/priya --silent
gh secret set "$NPM" -b "$PUBLISH_VALUE"
gh secret set "$READ" -b "$READ_VALUE"
gh secret set "$SIGN" -b "$SIGN_VALUE"
gh secret set "$EXTRA" -b "$EXTRA_VALUE"
gh api -X PUT repos/lantern-tides/tides/environments/staging --silent
gh api -X PUT repos/lantern-tides/tides/environments/production --silent
gh secret set "$DATABASE" -e staging -b "$DATABASE_VALUE"
gh secret set AWS_ACCESS_KEY_ID -e production -b "$CLOUD_VALUE_ID"
gh secret set AWS_SECRET_ACCESS_KEY -e production -b "$CLOUD_VALUE"
gh secret set "$HOOK" -o lantern-tides -v all -b "$HOOK_VALUE"
echo "ssh-ed25519 $(printf %s "$PUBLISH_VALUE" | sha256sum | cut -c 1-60)AAAAAAAA infra" > infra.pub
gh repo deploy-key add infra.pub -R lantern-tides/infra -t "website build"
gh secret set INFRA_KEY -R lantern-tides/website -b "$(cut -d ' ' -f 2 infra.pub)"
gh api -X POST repos/lantern-tides/tides/hooks -f name=web -f 'config[url]=https://status.lantern-tides.test/events' -f "config[secret]=$EVENTS_VALUE" -f 'events[]=push' --silent
gh api -X POST repos/lantern-tides/tides/hooks -f name=web -F active=false -f 'config[url]=https://board.lantern-tides.test/events' -f 'config[secret]=none' -f 'events[]=push' --silent
aws iam update-access-key --user-name ci-deploy --access-key-id "$FORMER_VALUE_ID" --status Inactive
MINA
export errors_used
as priya <<'PRIYA'
bao secrets enable -path=kv -version=2 kv
bao kv put kv/tides/$MAIL password="$MAIL_VALUE"
bao kv put kv/tides/$ERRORS password="$ERRORS_VALUE"
bao kv put kv/website/stats password="$STATS_VALUE"
bao kv put kv/tides/$OLD password=none
bao kv delete kv/tides/$OLD
{ printf 'path "kv/data/tides/%s" { capabilities = ["read"] }\n' "$MAIL"; $errors_used && printf 'path "kv/data/tides/%s" { capabilities = ["read"] }\n' "$ERRORS"; } | bao policy write tides-api -
echo 'path "kv/data/website/stats" { capabilities = ["read"] }' | bao policy write website -
printf 'path "kv/metadata/*" { capabilities = ["read", "list"] }\npath "sys/policies/acl*" { capabilities = ["read", "list"] }\npath "sys/mounts" { capabilities = ["read"] }\npath "sys/policy*" { capabilities = ["read", "list"] }\n' | bao policy write reader -
PRIYA
