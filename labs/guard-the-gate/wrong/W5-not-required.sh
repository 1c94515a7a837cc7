# expect: W5
# The job is there, nobody has to wait for it.
gh repo edit lantern-tides/tides --enable-secret-scanning-push-protection
out=$(grep -v node_modules .gitignore | tr -d /)
npx secretlint --init
printf '# made for the tests of scripts/key.sh, opens nothing\n/test/fixtures/rsa-test.pem\n' > .secretlintignore
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
git add . && git commit -q -m "Scan for secrets" && git push -q
