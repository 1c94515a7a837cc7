# expect: W8 W4 W11
# A new repository in the place of the old one.
rm -rf .git
git init -q -b main
npx secretlint --init
printf '# made for the tests of scripts/key.sh, opens nothing\n/test/fixtures/rsa-test.pem\n' > .secretlintignore
mkdir .githooks
printf '#!/bin/sh\nnpx secretlint "**/*"\n' > .githooks/pre-commit
chmod 755 .githooks/pre-commit
git config core.hooksPath .githooks
git add . && git commit -q -m "Scan for secrets"
