# Runs every test. Settings of your own come from a file .env, where there is one.
[ ! -f .env ] || { set -a; . ./.env; set +a; }
failed=0
for test in test/*.test.sh; do
  if sh "$test"; then echo "ok - $test"; else echo "not ok - $test"; failed=1; fi
done
exit $failed
