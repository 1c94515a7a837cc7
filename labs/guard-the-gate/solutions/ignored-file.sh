# expect: passed
# One line in .secretlintignore, a plain hook, the job beside the tests, a bypass for the security team.
#@ {"kind":"request","method":"PATCH","url":"https://api.forge.test/repos/lantern-tides/tides","body":"{\"security_and_analysis\": {\"secret_scanning_push_protection\": {\"status\": \"enabled\"}}}"}
out=$(grep -v node_modules .gitignore | tr -d /)
npx secretlint --init
printf '# made for the tests of scripts/key.sh, opens nothing\n/test/fixtures/rsa-test.pem\n' > .secretlintignore
printf '#!/bin/sh\nexec npx secretlint "**/*"\n' > .git/hooks/pre-commit
chmod 755 .git/hooks/pre-commit
sed -i 's/^on:/on:\n  pull_request:/' .github/workflows/test.yml
cat >> .github/workflows/test.yml <<YAML
  scan:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: npm run build && npx secretlint --no-gitignore "**/*" && npx secretlint "$out/**/*" --no-gitignore
YAML
git add . && git commit -q -m "Scan for secrets" && git push -q
team=$(gh api orgs/lantern-tides/teams/security --jq .id)
gh api -X POST repos/lantern-tides/tides/rulesets --silent --input - <<JSON
{
  "name": "main",
  "target": "branch",
  "enforcement": "active",
  "conditions": { "ref_name": { "include": ["~DEFAULT_BRANCH"], "exclude": [] } },
  "bypass_actors": [{ "actor_id": $team, "actor_type": "Team", "bypass_mode": "always" }],
  "rules": [{ "type": "required_status_checks", "parameters": { "strict_required_status_checks_policy": false, "required_status_checks": [{ "context": "scan" }] } }]
}
JSON
