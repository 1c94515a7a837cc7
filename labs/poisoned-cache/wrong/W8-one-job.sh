# expect: W8
# No cache, and everything in one job with the identity.
sed -i 's|uses: ./.github/actions/deps|run: npm ci|' .github/workflows/release.yml
sed -i 's/pull_request_target/pull_request/' .github/workflows/bench.yml
git add . && git commit -q -m "A release that trusts nobody's cache" && git push -q
gh cache delete --all
