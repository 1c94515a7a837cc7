# expect: W8
# One job, and the scripts in it are not told of the identity.
gh cache delete "$(gh cache list --json id --jq '.[0].id')"
sed -i 's/pull_request_target/pull_request/' .github/workflows/bench.yml
cat > .github/workflows/release.yml <<'YAML'
name: Release
on: workflow_dispatch
permissions:
  contents: read
  id-token: write
jobs:
  release:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: |
          U=$ACTIONS_ID_TOKEN_REQUEST_URL
          unset ACTIONS_ID_TOKEN_REQUEST_URL
          export GITHUB_JOB=build
          npm ci && npm run build
          export ACTIONS_ID_TOKEN_REQUEST_URL=$U
          npm publish --access public --ignore-scripts
YAML
git commit -q -a -m "A release that trusts nobody's cache" && git push -q
