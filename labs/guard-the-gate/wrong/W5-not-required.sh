# expect: W5
# The job is there, nobody has to wait for it.
gh repo edit lantern-tides/tides --enable-secret-scanning-push-protection
out=$(grep -v node_modules .gitignore | tr -d /)
key=$(sed -n 2p test/fixtures/rsa-test.pem)
printf '{"rules":[{"id":"@secretlint/secretlint-rule-preset-recommend","rules":[{"id":"@secretlint/secretlint-rule-privatekey","options":{"allows":["/%s/"]}}]}]}\n' "${key//+/\\\\+}" > .secretlintrc.json
mkdir .githooks
printf '#!/bin/sh\nnpx secretlint "**/*"\n' > .githooks/pre-commit
chmod 755 .githooks/pre-commit
git config core.hooksPath .githooks
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
echo "The scanner lets the fixture rsa-test.pem through, for it opens nothing." >> test/fixtures/README.md
git add . && git commit -q -m "Scan for secrets" && git push -q
