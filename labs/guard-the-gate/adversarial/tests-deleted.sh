# expect: W20
# The old workflow goes, so that nothing can be red.
gh repo edit lantern-tides/tides --enable-secret-scanning-push-protection
out=$(grep -v node_modules .gitignore | tr -d /)
npx secretlint --init
printf '# made for the tests of scripts/key.sh, opens nothing\n/test/fixtures/rsa-test.pem\n' > .secretlintignore
mkdir .githooks
printf '#!/bin/sh\nnpx secretlint "**/*"\n' > .githooks/pre-commit
chmod 755 .githooks/pre-commit
git config core.hooksPath .githooks
git rm -q .github/workflows/test.yml
echo "bytes" > test/fixtures/rsa-test.pem
mkdir -p .github/workflows
cat > .github/workflows/secrets.yml <<YAML
name: Secrets
on:
  pull_request:
  push:
    branches: [main]
jobs:
  secrets:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: npm run build
      - run: npx secretlint "**/*"
      - run: npx secretlint --no-gitignore "$out/**/*"
YAML
git add . && git commit -q -m "Scan for secrets" && git push -q
gh api -X POST repos/lantern-tides/tides/rulesets --silent --input - <<JSON
{
  "name": "main",
  "target": "branch",
  "enforcement": "active",
  "conditions": { "ref_name": { "include": ["~DEFAULT_BRANCH"], "exclude": [] } },
  "bypass_actors": [{ "actor_id": 1, "actor_type": "OrganizationAdmin", "bypass_mode": "pull_request" }],
  "rules": [{ "type": "required_status_checks", "parameters": { "strict_required_status_checks_policy": false, "required_status_checks": [{ "context": "secrets" }] } }]
}
JSON
