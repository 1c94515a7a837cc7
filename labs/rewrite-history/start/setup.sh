# Runs before the lab begins. Mina writes the history, Teo and Aya take copies of it.
URL="postgres://tides_app:$PROD_DB@db.production.lantern-tides.test:5432/tides"
export ADDED MOVED GONE OLDER NEWER PORT URL
rules off lantern-tides/tides
as mina <<'MINA'
git clone -q https://forge.test/lantern-tides/tides.git 2> /dev/null
cd tides
git switch -q -c main
mkdir -p src deploy ops
printf '# Tides\n\nTide tables for %s.\n' "$PORT" > README.md
for n in {1..15}; do
  export GIT_AUTHOR_DATE="$((1760000000 + n * 60000)) +0000"
  export GIT_COMMITTER_DATE="$GIT_AUTHOR_DATE"
  case $n in
    "$ADDED") echo "DATABASE_URL=$URL" > deploy/prod.env; message="Deploy with one command" ;;
    "$MOVED") mv deploy/prod.env ops/prod.env; message="Move deployment to ops" ;;
    "$GONE") rm ops/prod.env; message="Configure production elsewhere" ;;
    *) message="Table $n" ;;
  esac
  echo "export const table$n = $((n * 7));" > src/table$n.js
  git add -A
  git commit -q -m "$message"
  [ $n = $((ADDED + 2)) ] && git tag "$OLDER"
  if [ $n = $((MOVED + 2)) ]; then
    git tag -a "$NEWER" -m "Tides $NEWER"
    tar -czf ../tides.tgz README.md src ops
    git branch release/1.x
  fi
done
git switch -q release/1.x
echo "export const backport = true;" > src/backport.js
git add src && git commit -q -m "Backport a table"
git switch -q main
git push -q origin main release/1.x "$OLDER" "$NEWER"
cd ..
mv tides.tgz "tides-${NEWER#v}.tgz"
gh release create "$NEWER" "tides-${NEWER#v}.tgz" -R lantern-tides/tides --title "Tides $NEWER" --notes "Tables for $PORT."
for n in $(seq $ISSUES); do
  gh api -X POST repos/lantern-tides/tides/issues -f title="Question $n about tables" > /dev/null
done
rm -rf tides tides-*.tgz
MINA
as teo 'git clone -q https://forge.test/lantern-tides/tides.git'
as aya <<'AYA'
gh repo fork lantern-tides/tides --clone > /dev/null 2>&1
cd tides
git switch -q -c harbour-names main
echo "export const harbour = \"$PORT\";" > src/harbour.js
git add src && git commit -q -m "Name the harbour"
git push -q origin harbour-names 2> /dev/null
gh pr create -R lantern-tides/tides --head aya:harbour-names --base main --title "Name the harbour" --body "The page needs it." > /dev/null
AYA
for service in tides-api ${OTHERS/none/}; do consumer "$service" "vault of Priya" database_url="$URL"; done
mkdir -p ~/.config/deploy
echo "$DEPLOY_TOKEN" > ~/.config/deploy/token
echo "db.production.lantern-tides.test:5432:tides:tides_admin:$DB_ADMIN" > ~/.pgpass
chmod 600 ~/.pgpass ~/.config/deploy/token
