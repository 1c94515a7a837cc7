/** A day's work with `gh` against the forge itself: each line, what it prints, and how it ends. */
import { expect, test } from "vitest";
import { ID } from "../forge/setting.ts";
import { ghSetting } from "./setting.ts";

const URL = `https://forge.test/${ID}`;
const T = "2026-03-09T\\d\\d:\\d\\d:\\d\\dZ";

type Line = readonly [line: string, stdout: string | RegExp, stderr?: string | RegExp, exitCode?: number];

async function play(lines: readonly Line[], role: "admin" | "write" | "read" = "admin") {
  const setting = ghSetting();
  setting.world.forge.changeRepository(ID, { collaborators: { lin: "admin" } });
  await setting.run(
    `git init -q -b main r && cd r && mkdir -p .github/workflows && printf 'name: CI\\non: [push, workflow_dispatch]\\njobs:\\n  a:\\n    runs-on: ubuntu-latest\\n    steps:\\n      - run: echo hi\\n' > .github/workflows/ci.yml && echo a > a && git add . && git commit -qm one && git remote add origin ${URL}.git && git push -qu origin main`,
  );
  await setting.run(
    "git switch -qc lights && echo b > b && git add . && git commit -qm 'Add lights' && git push -qu origin lights",
  );
  setting.world.forge.changeRepository(ID, { collaborators: { lin: role } });
  for (const [line, stdout, stderr = "", exitCode = 0] of lines) {
    const result = await setting.run(line);
    if (typeof stderr === "string") expect(result.stderr, line).toBe(stderr);
    else expect(result.stderr, line).toMatch(stderr);
    if (typeof stdout === "string") expect(result.stdout, line).toBe(stdout);
    else expect(result.stdout, line).toMatch(stdout);
    expect(result.exitCode, line).toBe(exitCode);
  }
  return setting;
}

test("issues", async () => {
  await play([
    ["gh label create slow -c ff0000 -d 'takes long'", ""],
    ["gh label create slow", "", /^label with name "slow" already exists; use `--force`/, 1],
    ["gh issue create -t 'It leaks' -b Look -l slow -a @me", `${URL}/issues/1\n`],
    ["gh issue list", new RegExp(`^1\\tOPEN\\tIt leaks\\tslow\\t${T}\\n$`)],
    ["gh issue list --label nope", ""],
    ["gh issue comment 1 -b 'me too'", new RegExp(`^${URL}/issues/1#issuecomment-\\d+\\n$`)],
    ["gh issue comment 1 -b again --edit-last", /#issuecomment-/],
    [
      "gh issue view 1 --comments",
      /^author:\tlin\nassociation:\tcollaborator\nedited:\ttrue\nstatus:\tnone\n--\nagain\n--\n$/,
    ],
    ["gh issue edit 1 --title Mended --remove-label slow --remove-assignee lin", `${URL}/issues/1\n`],
    [
      "gh issue view 1 --json title,labels,assignees,state -q '[.title, .state, (.labels | length), (.assignees | length)] | map(tostring) | join(\" \")'",
      "Mended OPEN 0 0\n",
    ],
    ["gh issue close 1 -r 'not planned' -c bye", "", `✓ Closed issue ${ID}#1 (Mended)\n`],
    [
      "gh issue view 1 --json state,stateReason,comments -q '.state + .stateReason + .comments[1].body'",
      "CLOSEDNOT_PLANNEDbye\n",
    ],
    ["gh issue reopen 1", "", `✓ Reopened issue ${ID}#1 (Mended)\n`],
    ["gh issue delete 1 --yes", ""],
    ["gh issue view 1", "", /Could not resolve to an issue or pull request with the number of 1\./, 1],
    ["gh search issues leaks", ""],
  ]);
});

test("pull requests", async () => {
  const { world } = await play([
    ["gh pr create --fill", `${URL}/pull/1\n`],
    [
      "gh pr create --fill",
      "",
      `a pull request for branch "lights" into branch "main" already exists:\n${URL}/pull/1\n`,
      1,
    ],
    [
      "gh pr create --head nope --title T --body B",
      "",
      /^pull request create failed: GraphQL: .+ \(createPullRequest\)\n$/,
      1,
    ],
    ["gh pr list", new RegExp(`^1\\tAdd lights\\tlights\\tOPEN\\t${T}\\n$`)],
    ["gh pr list --state closed", ""],
    [
      "gh pr view --json additions,files,mergeable,mergeStateStatus -q '[.additions, .files[0].path, .mergeable, .mergeStateStatus] | join(\" \")'",
      "1 b MERGEABLE CLEAN\n",
    ],
    ["gh pr diff --name-only", "b\n"],
    ["gh pr diff", /^diff --git a\/b b\/b\nnew file mode 100644\n/],
    ["gh pr checks", "", "no checks reported on the 'lights' branch\n", 1],
    [
      "gh pr review --approve",
      "",
      /^failed to create review: GraphQL: .*Can not approve your own pull request/,
      1,
    ],
    ["gh pr review --comment -b hm", ""],
    ["gh pr ready --undo", "", `✓ Pull request ${ID}#1 is converted to "draft"\n`],
    ["gh pr list --draft --json isDraft", '[{"isDraft":true}]\n'],
    ["gh pr ready", "", `✓ Pull request ${ID}#1 is marked as "ready for review"\n`],
    ["gh pr edit --title 'More light' --body Bright --add-label bug", `${URL}/pull/1\n`],
    ["gh pr view", /^title:\tMore light\nstate:\tOPEN\n[^]*labels:\tbug\n[^]*--\nBright\n$/],
    ["gh pr close 1", "", `✓ Closed pull request ${ID}#1 (More light)\n`],
    ["gh pr reopen 1", "", `✓ Reopened pull request ${ID}#1 (More light)\n`],
    [
      "git switch -q main && git branch -qD lights && gh pr checkout 1 > /dev/null 2>&1 && git branch --show-current",
      "lights\n",
    ],
    ["gh pr merge --squash --delete-branch", ""],
    ["git log --format=%s && git branch --show-current", /^(?:More light|Add lights) \(#1\)\none\nmain\n$/],
    ["gh pr merge 1 --merge", "", `! Pull request ${ID}#1 (More light) was already merged\n`],
    ["gh pr view 1 --json state,mergedBy -q .state", "MERGED\n"],
  ]);
  expect(world.forge.branches(ID).map(({ name }) => name)).toEqual(["main"]);
});

test("workflows", async () => {
  await play([
    ["gh workflow list", /^CI\tactive\t\d+\n$/],
    ["gh workflow view ci.yml --yaml", /^name: CI\non: \[push, workflow_dispatch\]\n/],
    ["gh workflow run ci.yml", ""],
    ["gh workflow run ci.yml --ref nope", "", /^could not create workflow dispatch event: HTTP 422: /, 1],
    ["gh workflow disable CI", ""],
    ["gh workflow list", ""],
    ["gh workflow list --all", /^CI\tdisabled_manually\t/],
    ["gh workflow enable CI", ""],
    ["gh run list --workflow nope.yml", "", "could not find any workflows named nope.yml\n", 1],
    ["gh run view 1", "", /^failed to get run: HTTP 404: Not Found/, 1],
    ["gh cache list", ""],
    ["gh cache delete --all", "", "X No caches to delete\n", 1],
    ["gh cache delete --all --succeed-on-no-caches", ""],
  ]);
});

test("releases", async () => {
  await play([
    ["gh release create v1 a#label --notes N --target main", `${URL}/releases/tag/v1\n`],
    [
      "gh release create v1 --notes N",
      "",
      /^HTTP 422: Validation Failed \(.*\)\nRelease\.tag_name already exists\n$/,
      1,
    ],
    ["gh release list", new RegExp(`^v1\\tLatest\\tv1\\t${T}\\n$`)],
    ["gh release upload v1 b", ""],
    ["gh release view v1 --json assets -q '.assets[].name'", "a\nb\n"],
    ["gh release download v1 -p b -D got && cat got/b", "b\n"],
    ["gh release download v1 -p b -D got", "", /^got\/b already exists \(use `--clobber`/, 1],
    ["gh release edit v1 --title One --prerelease", `${URL}/releases/tag/v1\n`],
    ["gh release view v1 --json name,isPrerelease", '{"isPrerelease":true,"name":"One"}\n'],
    ["gh release delete-asset v1 a -y", ""],
    ["gh release delete v1 -y --cleanup-tag", ""],
    ["gh release view v1", "", "release not found\n", 1],
    ["git ls-remote --tags origin", ""],
  ]);
});

test("repositories", async () => {
  await play([
    ["gh repo view", `name:\t${ID}\ndescription:\t\n`],
    ["gh repo edit --description 'Tide tables' --add-topic sea", ""],
    [
      "gh repo view --json description,repositoryTopics,viewerPermission",
      '{"description":"Tide tables","repositoryTopics":[{"name":"sea"}],"viewerPermission":"ADMIN"}\n',
    ],
    ["gh repo create own --public --add-readme", "https://forge.test/lin/own\n"],
    ["gh repo create own --public", "", /^HTTP 422: /, 1],
    ["gh repo clone own ../own && ls ../own", "README.md\n", /^Cloning into '\.\.\/own'\.\.\.\n/],
    ["gh repo fork", "https://forge.test/lin/tides\n"],
    ["gh repo list --fork --json nameWithOwner,parent -q '.[].nameWithOwner'", "lin/tides\n"],
    ["gh ruleset list", ""],
    ["gh ruleset check main", `0 rules apply to branch main in repo ${ID}\n\n`],
    ["gh api repos/{owner}/{repo} -q .default_branch", "main\n"],
    ["gh repo delete own --yes", ""],
    ["gh repo view own", "", /Could not resolve to a Repository with the name 'lin\/own'/, 1],
  ]);
});

test("who only reads is refused in the forge's words", async () => {
  await play(
    [
      ["gh secret set A -b x", "", /^failed to fetch public key: HTTP 40[34]: /, 1],
      ["gh repo edit --description x", "", /^HTTP 40[34]: /, 1],
      ["gh release create v1 --notes N", "", /^HTTP 40[34]: /, 1],
      ["gh workflow disable CI", "", /^HTTP 40[34]: /, 1],
    ],
    "read",
  );
});
