# expect: W4 W11
# A hook, and nothing on the forge.
npx secretlint --init
printf '# made for the tests of scripts/key.sh, opens nothing\n/test/fixtures/rsa-test.pem\n' > .secretlintignore
mkdir .githooks
printf '#!/bin/sh\nnpx secretlint "**/*"\n' > .githooks/pre-commit
chmod 755 .githooks/pre-commit
git config core.hooksPath .githooks
git add . && git commit -q -m "Scan for secrets" && git push -q
