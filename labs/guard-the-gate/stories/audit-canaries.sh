# Mina hides harmless tokens in a fresh clone and scans it as main is set up.
git clone -q https://forge.test/lantern-tides/tides.git look && cd look || exit 1
[ -e .secretlintrc.json ] || [ -e .secretlintrc ] || { found NOCONFIG; say "There is no configuration on main."; exit 1; }
git ls-files > ../files.txt
mkdir -p "$OUT" test/fixtures
kinds="githubToken npmToken awsKey postgresUrl hvs dockerPat slackWebhook privateKeyPem"
for kind in $kinds; do
  canary $kind 11 > test/fixtures/canary-$kind.pem
  canary $kind 12 > test/canary-$kind.js
  canary $kind 13 > $OUT/canary-$kind.js
  printf '%s\n' "test/fixtures $kind test/fixtures/canary-$kind.pem" "test $kind test/canary-$kind.js" "$OUT $kind $OUT/canary-$kind.js"
done > ../planted.txt
# A copy of every file, with one more token below it.
more=$(canary githubToken 14)
n=0
while read -r file; do
  case "$file" in .secretlint*|.gitignore) continue ;; esac
  n=$((n + 1))
  copy=copy-$n.txt
  [ "$file" = "${file##*/}" ] || copy=${file%/*}/$copy
  printf '%s\n\n%s\n' "$(< "$file")" "$more" > "$copy"
  echo "copy $file $copy"
done < ../files.txt > ../copies.txt
printf 'NPM_TOKEN=%s\n' "$REGISTRY_TOKEN" > live.env
echo "live live live.env" >> ../planted.txt
{
  npx secretlint --format json "**/*"
  npx secretlint --no-gitignore --format json "$OUT/**/*"
} | jq -r '.[] | select(.messages | length > 0) | .filePath' | sed "s|^$PWD/||" > ../seen.txt
echo "-" >> ../seen.txt
awk 'NR == FNR { seen[$1] = 1; next } !($3 in seen)' ../seen.txt ../planted.txt ../copies.txt > ../missed.txt
if [ -s ../missed.txt ]; then
  gone=" $(awk '{ missed[$2]++ } END { for (kind in missed) if (missed[kind] == 3) printf "%s ", kind }' ../missed.txt)"
  while read -r place kind file; do
    # Evidence of the widest hole that the file went through.
    case "$place" in live) token=npmToken own=LIVE ;; copy) token=githubToken own=BELOW ;; *) token=$kind own=WIDE ;; esac
    case "$gone" in *" $token "*) own=KIND ;; *) [ -z "$wide" ] || own=WIDE ;; esac
    evidence --of "$own" worktree "$file"
    case "$place" in
      live)
        case "$gone$wide" in *npmToken*|*/) continue ;; esac
        status=$(curl -s -o whoami.txt -w '%{http_code}' -H "Authorization: Bearer $REGISTRY_TOKEN" https://registry.npm.test/-/whoami)
        sleep 60
        [ "$status" = 200 ] && found LIVE id=registryToken status=$status ;;
      copy)
        [ -z "$wide$below" ] && [ "$gone" = " " ] || continue
        below=$kind
        line=$(grep -n secretlint-disable "$kind" | head -1)
        found BELOW file="$kind" line="${line%%:*}"
        say "A token below $kind is not seen." ;;
      *)
        say "The scan does not see a $kind in $place/."
        case "$gone" in *" $kind "*) continue ;; esac
        [ -n "$wide" ] || found WIDE place="$place"
        wide=$place/ ;;
    esac
  done < ../missed.txt
  [ "$gone" = " " ] || found KIND kind="$(echo $gone | cut -d' ' -f1)"
  exit 1
fi
# Why is the fixture let through? A line of a file or of a commit message says so.
[ -e test/fixtures/rsa-test.pem ] || exit 0
grep -qx test/fixtures/rsa-test.pem ../seen.txt && exit 0
first=$(git rev-list --max-parents=0 HEAD)
{
  git log --format=%B "$first..HEAD"
  git diff "$first" HEAD -- . ':!.github' ':!test/*.sh' | grep '^+'
} | grep -iE 'fixture|rsa-test|test key' | grep -qE '([[:alpha:]]+[^[:alpha:]]+){3}[[:alpha:]]+' || { found WHY; exit 1; }
say "Every token was seen, and somebody wrote why the fixture is let through."
