# expect: W7 W8
# Tokens and artifacts are taken care of; the build is not.
npm login > /dev/null 2>&1
npm token create --name builds | sed -n 's/^Created token //p' | gh secret set NPM_TOKEN
for id in $(npm token list | sed -n 's/.*with id \([0-9a-f]*\) name [pt][ur].*/\1/p'); do npm token revoke "$id"; done
for run in $(gh run list --json databaseId --jq '.[].databaseId'); do
  gh api -X DELETE "repos/lantern-tides/tides/actions/runs/$run"
done
