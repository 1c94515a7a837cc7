for test in test/*.test.sh; do sh "$test" || exit 1; done
