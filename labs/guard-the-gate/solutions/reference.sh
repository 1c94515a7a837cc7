# expect: passed
# Exception by value, hook in .githooks, one workflow, a ruleset.
gh repo edit lantern-tides/tides --enable-secret-scanning-push-protection
key=$(head -2 test/fixtures/rsa-test.pem | tail -1)
out=$(grep -v node_modules .gitignore | tr -d /)
cat > .secretlintrc.json <<JSON
{
  "rules": [
    {
      "id": "@secretlint/secretlint-rule-preset-recommend",
      "rules": [
        {
          "id": "@secretlint/secretlint-rule-privatekey",
          "options": { "allows": ["/$(head -1 test/fixtures/rsa-test.pem)\\\\n${key//+/\\\\+}/"] }
        }
      ]
    }
  ]
}
JSON
mkdir -p .githooks
printf '#!/bin/sh\nnpx secretlint "**/*"\n' > .githooks/pre-commit
chmod 755 .githooks/pre-commit
git config core.hooksPath .githooks
cat > .github/workflows/secrets.yml <<YAML
name: Secrets
on:
  pull_request:
  push:
    branches: [main]
permissions:
  contents: read
jobs:
  secrets:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: npm run build
      - run: npx secretlint "**/*"
      - run: npx secretlint --no-gitignore "$out/**/*"
YAML
echo "The scanner lets rsa-test.pem through, for it opens nothing: see its value in .secretlintrc.json." >> test/fixtures/README.md
git add . && git commit -q -m "Scan for secrets"
git push -q
cat > /tmp/rules.json <<'JSON'
{
  "name": "main",
  "target": "branch",
  "enforcement": "active",
  "conditions": { "ref_name": { "include": ["~DEFAULT_BRANCH"], "exclude": [] } },
  "bypass_actors": [{ "actor_id": 1, "actor_type": "OrganizationAdmin", "bypass_mode": "pull_request" }],
  "rules": [
    {
      "type": "required_status_checks",
      "parameters": { "strict_required_status_checks_policy": false, "required_status_checks": [{ "context": "secrets" }] }
    }
  ]
}
JSON
gh api -X POST repos/lantern-tides/tides/rulesets --input /tmp/rules.json
