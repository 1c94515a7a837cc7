# Runs before the lab begins, as the learner's user, in the learner's home. STAGING_DB and what lab.yaml varies come
# from the seed.
CODE=${PORT%% *} HARBOUR=${PORT#* }
git config --global user.name "New Contributor"
git config --global user.email learner@lantern-tides.test
git config --global init.defaultBranch main
git config --global advice.detachedHead false
cd tides
git init -q -b main
export GIT_AUTHOR_NAME="$AUTHOR" GIT_AUTHOR_EMAIL="${AUTHOR,,}@lantern-tides.test"
export GIT_COMMITTER_NAME="$AUTHOR" GIT_COMMITTER_EMAIL="${AUTHOR,,}@lantern-tides.test"
git add . && git commit -q -m "Tide tables for the northern harbours"
sleep 86400
echo "$RELEASE" > VERSION
git add VERSION && git commit -q -m "Release $RELEASE"
git remote add origin https://forge.test/lantern-tides/tides.git
git push -q -u origin main
unset GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL
sleep 7200
git switch -q -c feat/harbour-codes
printf '{\n  "%s": "%s"\n}\n' "$CODE" "$HARBOUR" > config/harbours.json
git add config/harbours.json && git commit -q -m "Add harbour code table"
sleep "$PAUSE"
# First tries, staged and thought better of: blobs that nothing refers to.
for try in $(seq "$TRIES"); do
  printf 'DATABASE_URL=%s\nPGAPPNAME=try-%s\n' "$STAGING_DB" "$try" > .env.bak
  git add .env.bak
done
sleep 300
# The commit that leaks, with good work in it.
sed -i "s|process.env.DATABASE_URL|\"$STAGING_DB\"|" config/database.js
cat > src/codes.js <<'CODES'
import harbours from "../config/harbours.json" with { type: "json" };

/** Name of the harbour with a UN/LOCODE, or undefined. */
export function harbourName(code) {
  return harbours[code.toUpperCase()];
}
CODES
git rm -q --cached .env.bak
git add config/database.js src/codes.js && git commit -q -m "Load harbour codes from the database"
# Good commits on top of it.
sleep "$PAUSE"
printf 'import assert from "node:assert/strict";\nimport { harbourName } from "../src/codes.js";\n\nassert.equal(harbourName("%s"), "%s");\n' "$CODE" "$HARBOUR" > test/codes.test.js
git add test/codes.test.js && git commit -q -m "Add tests for $HARBOUR"
for later in $(seq 2 "$LATER"); do
  sleep "$PAUSE"
  case "$later" in
    2) printf '\nHarbours have UN/LOCODEs, %s for %s.\n' "$CODE" "$HARBOUR" >> README.md ;;
    3) sed -i 's|node test/tide.test.js|node test/tide.test.js \&\& node test/codes.test.js|' package.json ;;
  esac
  git commit -q -a -m "$([ "$later" = 2 ] && echo "Say what the codes are" || echo "Run the new tests")"
done
sleep 900
# A stash with another copy, made while changing branches.
printf 'DATABASE_URL=%s\nPORT=8080\n' "$STAGING_DB" > .env.local
echo "// $NEXT comes next." >> src/codes.js
git add .env.local && git stash push -q -m "try $NEXT"
git switch -q main
git switch -q feat/harbour-codes
# And a copy that waits in the staging area.
printf 'DATABASE_URL=%s\nPGAPPNAME=tides\n' "$STAGING_DB" > .env.bak
git add .env.bak
printf 'cd tides\nnpm test\npsql %s\ngit stash\n' "'$STAGING_DB'" > ~/.bash_history
cd
