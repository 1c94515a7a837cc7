/** Command lines that never reach the forge. Wording recorded from gh 2.23 (Debian), which says the same for these. */
import { expect, test } from "vitest";
import { ghSetting } from "./setting.ts";

/** Line → what real gh says first, whether its usage follows, exit code. */
const CASES: readonly (readonly [line: string, said: string, usage: string | null])[] = [
  ["gh pr list --zap", "unknown flag: --zap", "gh pr list [flags]"],
  ["gh pr list -z", "unknown shorthand flag: 'z' in -z", "gh pr list [flags]"],
  ["gh pr list extra", 'unknown argument "extra"', "gh pr list [flags]"],
  [
    "gh pr list -L x",
    'invalid argument "x" for "-L, --limit" flag: strconv.ParseInt: parsing "x": invalid syntax',
    "gh pr list [flags]",
  ],
  [
    "gh pr list -s foo",
    'invalid argument "foo" for "-s, --state" flag: valid values are {open|closed|merged|all}',
    "gh pr list [flags]",
  ],
  ["gh pr zap", 'unknown command "zap" for "gh pr"', "gh pr <command> [flags]"],
  ["gh zap", 'unknown command "zap" for "gh"', "gh <command> <subcommand> [flags]"],
  ["gh pr --zap", "unknown flag: --zap", "gh pr <command> [flags]"],
  ["gh pr view a b", "accepts at most 1 arg(s), received 2", null],
  ["gh issue view", "accepts 1 arg(s), received 0", null],
  ["gh release upload", "requires at least 2 arg(s), only received 0", null],
  ["gh release delete-asset v1", "accepts 2 arg(s), received 1", null],
  ["gh secret set X Y", "accepts at most 1 arg(s), received 2", null],
  ["gh config set", "accepts 2 arg(s), received 0", null],
  ["gh api", "accepts 1 arg(s), received 0", null],
  ["gh api -X", "flag needs an argument: 'X' in -X", "gh api <endpoint> [flags]"],
  ["gh api --method", "flag needs an argument: --method", "gh api <endpoint> [flags]"],
  ["gh api user -f x", 'invalid key: "x"', null],
  ["gh api user -f a[b]", "field \"a[b]\" requires a value separated by an '=' sign", null],
  ["gh api user -H x", "header \"x\" requires a value separated by ':'", null],
  [
    "gh repo fork --clone=1x",
    'invalid argument "1x" for "--clone" flag: strconv.ParseBool: parsing "1x": invalid syntax',
    "gh repo fork [<repository>] [-- <gitflags>...] [flags]",
  ],
  ["gh pr checkout", "argument required", "gh pr checkout {<number> | <url> | <branch>} [flags]"],
  [
    "gh repo clone",
    "cannot clone: repository argument required",
    "gh repo clone <repository> [<directory>] [-- <gitflags>...]",
  ],
  ["gh label create -R a/b", "cannot create label: name argument required", "gh label create <name> [flags]"],
  [
    "gh pr view -R a/b",
    "argument required when using the --repo flag",
    "gh pr view [<number> | <url> | <branch>] [flags]",
  ],
  ["gh secret set -R a/b", "must pass name argument", "gh secret set <secret-name> [flags]"],
  [
    "gh secret set X -b y --visibility all",
    "`--visibility` is only supported with `--org`",
    "gh secret set <secret-name> [flags]",
  ],
  [
    "gh issue create -R a/b",
    "must provide `--title` and `--body` when not running interactively",
    "gh issue create [flags]",
  ],
  [
    "gh pr review 1 -R a/b",
    "--approve, --request-changes, or --comment required when not running interactively",
    "gh pr review [<number> | <url> | <branch>] [flags]",
  ],
  [
    "gh pr comment 1 -R a/b",
    "flags required when not running interactively",
    "gh pr comment [<number> | <url> | <branch>] [flags]",
  ],
  [
    "gh pr merge 1 --merge --squash -R a/b",
    "only one of --merge, --rebase, or --squash can be enabled",
    "gh pr merge [<number> | <url> | <branch>] [flags]",
  ],
  [
    "gh workflow run -R a/b",
    "workflow ID, name, or filename required when not running interactively",
    "gh workflow run [<workflow-id> | <workflow-name>] [flags]",
  ],
  [
    "gh run view -R a/b",
    "run or job ID required when not running interactively",
    "gh run view [<run-id>] [flags]",
  ],
  ["gh run watch -R a/b", "run ID required when not running interactively", "gh run watch <run-id> [flags]"],
  [
    "gh run rerun -R a/b",
    "`<run-id>` or `--job` required when not running interactively",
    "gh run rerun [<run-id>] [flags]",
  ],
  [
    "gh run cancel -R a/b",
    "run ID required when not running interactively",
    "gh run cancel [<run-id>] [flags]",
  ],
  [
    "gh repo delete a/b",
    "--yes required when not running interactively",
    "gh repo delete [<repository>] [flags]",
  ],
  [
    "gh repo create",
    "at least one argument required in non-interactive mode",
    "gh repo create [<name>] [flags]",
  ],
  [
    "gh repo create x",
    "`--public`, `--private`, or `--internal` required when not running interactively",
    "gh repo create [<name>] [flags]",
  ],
  [
    "gh repo edit a/b",
    "specify properties to edit when not running interactively",
    "gh repo edit [<repository>] [flags]",
  ],
  ["gh search issues", "specify search keywords or flags", "gh search issues [<query>] [flags]"],
  ["gh pr list --jq .x -R a/b", "cannot use `--jq` without specifying `--json`", null],
];

test.each(CASES)("%s", async (line, said, usage) => {
  const { run, api } = ghSetting();
  const { stdout, stderr, exitCode } = await run(line);
  expect(stdout).toBe("");
  expect(stderr.split("\n")[0]).toBe(said);
  expect(stderr.split("\n").find((it) => it.startsWith("Usage:")) ?? null).toBe(
    usage === null ? null : `Usage:  ${usage}`,
  );
  expect(exitCode).toBe(1);
  expect(api()).toEqual([]);
});

/** Flags of real gh's table, in its order. */
test("the usage of a command lists its flags as real gh does", async () => {
  const { stderr } = await ghSetting().run("gh pr list --zap");
  expect(stderr).toBe(`unknown flag: --zap

Usage:  gh pr list [flags]

Flags:
      --app string        Filter by GitHub App author
  -a, --assignee string   Filter by assignee
  -A, --author string     Filter by author
  -B, --base string       Filter by base branch
  -d, --draft             Filter by draft state
  -H, --head string       Filter by head branch
  -q, --jq expression     Filter JSON output using a jq expression
      --json fields       Output JSON with the specified fields
  -l, --label strings     Filter by label
  -L, --limit int         Maximum number of items to fetch (default 30)
  -S, --search query      Search pull requests with query
  -s, --state string      Filter by state: {open|closed|merged|all} (default "open")
  -t, --template string   Format JSON output using a Go template; see "gh help formatting"
  -w, --web               List pull requests in the web browser

`);
});

test("a wrong command names the near ones", async () => {
  const { stderr } = await ghSetting().run("gh pr lst");
  expect(stderr).toMatch(/^unknown command "lst" for "gh pr"\n\nDid you mean this\?\n\tlist\n\nUsage:/);
});

test.each([
  ["gh", /^Work with the forge[^]*AVAILABLE COMMANDS\n {2}alias: /],
  ["gh pr", /USAGE\n {2}gh pr <command> \[flags\]/],
  ["gh help pr merge", /USAGE\n {2}gh pr merge \[<number> \| <url> \| <branch>\] \[flags\]\n\nFLAGS\n/],
  ["gh pr merge --help", /INHERITED FLAGS\n {6}--help {21}Show help for command\n {2}-R, --repo/],
  ["gh run list -h", /--status string/],
  ["gh version", /^gh version 2\.\d+\.\d+ \(LeakLab\)\n/],
  ["gh --version", /^gh version/],
])("%s", async (line, text) => {
  const { stdout, stderr, exitCode } = await ghSetting({ login: null }).run(line);
  expect(stdout).toMatch(text);
  expect([stderr, exitCode]).toEqual(["", 0]);
});

test.each([
  "alias list",
  "attestation verify x",
  "codespace list",
  "extension list",
  "gist create",
  "gpg-key list",
  "ssh-key list",
  "project list",
])("gh %s is not there, and says so", async (words) => {
  expect(await ghSetting().run(`gh ${words}`)).toEqual({
    stdout: "",
    stderr: `gh ${words.split(" ")[0]}: not simulated in LeakLab\n`,
    exitCode: 1,
  });
});

test.each([
  ["gh pr list --json", /^Specify one or more comma-separated fields for `--json`:\n {2}additions\n/],
  ["gh pr list --json zap", /^Unknown JSON field: "zap"\nAvailable fields:\n {2}additions\n/],
])("%s", async (line, text) => {
  const { stderr, exitCode } = await ghSetting().run(line);
  expect(stderr).toMatch(text);
  expect(exitCode).toBe(1);
});
