import { beforeAll, describe, expect, test } from "vitest";
import { Disk } from "../disk/disk.ts";
import { complete } from "./completion.ts";

const HOME = "/home/lin";
const REPO = `${HOME}/repo`;
const disk = new Disk({ now: () => 0 });

beforeAll(() => {
  const files: Record<string, string> = {
    [`${REPO}/.git/HEAD`]: "ref: refs/heads/main\n",
    [`${REPO}/.git/config`]: '[remote "origin"]\n\turl = x\n[remote "fork"]\n',
    [`${REPO}/.git/refs/heads/main`]: "0",
    [`${REPO}/.git/refs/heads/feature/one`]: "0",
    [`${REPO}/.git/refs/remotes/origin/main`]: "0",
    [`${REPO}/.git/refs/remotes/origin/topic`]: "0",
    [`${REPO}/.git/packed-refs`]: `# pack-refs\n${"a".repeat(40)} refs/tags/v1.0\n`,
    [`${REPO}/README.md`]: "x",
    [`${REPO}/src/main.ts`]: "x",
    [`${REPO}/my file.txt`]: "x",
    [`${REPO}/.hidden`]: "x",
    [`${HOME}/notes`]: "x",
  };
  for (const [path, text] of Object.entries(files)) {
    disk.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    disk.write(path, text);
  }
});

/** The cursor is at `|`, at the end without one. Returns the part that is replaced, and the candidates. */
function at(line: string) {
  const cursor = line.includes("|>") ? line.indexOf("|>") : line.length;
  const text = line.replace("|>", "");
  const common = { variables: ["HOME", "HOSTNAME", "PATH"], functions: ["fun"], aliases: ["ll"] };
  const { start, candidates } = complete({
    text,
    cursor,
    disk,
    cwd: REPO,
    home: HOME,
    commands: ["git", "grep", "ls", "lab"],
    ...common,
  });
  return [text.slice(start, cursor), candidates];
}

describe("commands", () => {
  test.each([
    ["g", ["g", ["getopts", "git", "grep"]]],
    ["ls | gr", ["gr", ["grep"]]],
    ["true && l", ["l", ["lab", "let", "ll", "local", "logout", "ls"]]],
    ["x=$(gi", ["gi", ["git"]]],
    ['echo "$(gr', ["gr", ["grep"]]],
    ["echo `gi", ["gi", ["git"]]],
    ["if fu", ["fu", ["fun"]]],
    ["A=1 gi", ["gi", ["git"]]],
    ["(gi", ["gi", ["git"]]],
    ["", ["", []]],
    ["./sr", ["./sr", ["./src/"]]],
    ["gr|>ep x", ["gr", ["grep"]]],
    ["lab ch", ["ch", ["check"]]],
    ["lab reset --", ["--", ["--new-seed"]]],
  ])("%j", (line, expected) => expect(at(line)).toEqual(expected));
});

describe("paths", () => {
  test.each([
    ["cat R", ["R", ["README.md"]]],
    ["cat ", ["", ["README.md", "my\\ file.txt", "src/"]]],
    ["cat my", ["my", ["my\\ file.txt"]]],
    ["cat my\\ f", ["my\\ f", ["my\\ file.txt"]]],
    ['cat "my f', ['"my f', ['"my file.txt"']]],
    ["cat 'my f", ["'my f", ["'my file.txt'"]]],
    ["cat .h", [".h", [".hidden"]]],
    ["cat src/", ["src/", ["src/main.ts"]]],
    ["cat ~/n", ["~/n", ["~/notes"]]],
    ["cat ../n", ["../n", ["../notes"]]],
    ["cd ", ["", ["src/"]]],
    ["echo x > R", ["R", ["README.md"]]],
    ["echo x >R", ["R", ["README.md"]]],
    ["sort <sr", ["sr", ["src/"]]],
    ["tool --file=R", ["--file=R", ["--file=README.md"]]],
    ["cat nowhere/x", ["nowhere/x", []]],
    ["cat /ho", ["/ho", ["/home/"]]],
  ])("%j", (line, expected) => expect(at(line)).toEqual(expected));
});

describe("variables", () => {
  test.each([
    ["echo $HO", ["$HO", ["$HOME", "$HOSTNAME"]]],
    ["echo ${PA", ["${PA", ["${PATH}"]]],
    ['echo "x$PA', ["$PA", ["$PATH"]]],
    ["unset PA", ["PA", ["PATH"]]],
  ])("%j", (line, expected) => expect(at(line)).toEqual(expected));
});

describe("git", () => {
  test.each([
    ["git che", ["che", ["check-ignore", "checkout", "cherry-pick"]]],
    ["git -C .. sta", ["sta", ["stash", "status"]]],
    ["git checkout ", ["", ["HEAD", "feature/one", "main", "origin/main", "origin/topic", "v1.0"]]],
    ["git switch ", ["", ["feature/one", "main", "topic"]]],
    ["git branch -d f", ["f", ["feature/one"]]],
    ["git tag -d ", ["", ["v1.0"]]],
    ["git log main..f", ["main..f", ["main..feature/one"]]],
    ["git push ", ["", ["fork", "origin"]]],
    ["git push origin m", ["m", ["main"]]],
    ["git push origin HEAD:m", ["HEAD:m", ["HEAD:main"]]],
    ["git commit --am", ["--am", ["--amend"]]],
    ["git stash p", ["p", ["pop", "push"]]],
    ["git remote re", ["re", ["remove", "rename"]]],
    ["git remote remove o", ["o", ["origin"]]],
    ["git add ", ["", ["README.md", "my\\ file.txt", "src/"]]],
    ["git restore ", ["", []]],
    ["git show RE", ["RE", ["README.md"]]],
    ["cd /; git checkout ", ["", ["HEAD", "feature/one", "main", "origin/main", "origin/topic", "v1.0"]]],
  ])("%j", (line, expected) => expect(at(line)).toEqual(expected));
});
