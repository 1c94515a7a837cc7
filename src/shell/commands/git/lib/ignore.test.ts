import { expect, test } from "vitest";
import { ignoreOf } from "./ignore.ts";
import { testRepo } from "./testRepo.ts";

const FILES = {
  "/r/.gitignore": "*.log\n!keep.log\n/top\nbuild/\na/**/z\n\\#x\nsp\\ \n",
  "/r/sub/.gitignore": "!*.log\nlocal\n",
  "/r/.git/info/exclude": "*.key\n",
  "/home/.config/git/ignore": "*.pem\n",
};

test.each([
  ["x.log", false, ".gitignore:1:*.log"],
  ["keep.log", false, ".gitignore:2:!keep.log"],
  ["sub/x.log", false, "sub/.gitignore:1:!*.log"],
  ["top", false, ".gitignore:3:/top"],
  ["sub/top", false, null],
  ["build", false, null],
  ["build", true, ".gitignore:4:build/"],
  ["build/deep/x.log", false, ".gitignore:4:build/"],
  ["a/z", false, ".gitignore:5:a/**/z"],
  ["a/b/c/z", false, ".gitignore:5:a/**/z"],
  ["#x", false, ".gitignore:6:\\#x"],
  ["sp ", false, ".gitignore:7:sp\\ "],
  ["sub/local", false, "sub/.gitignore:2:local"],
  ["k.key", false, ".git/info/exclude:1:*.key"],
  ["k.pem", false, "/home/.config/git/ignore:1:*.pem"],
  ["plain", false, null],
])("%s (directory: %s) is decided by %s", async (path, directory, expected) => {
  const { repo } = await testRepo();
  await repo.fs.mkdir("/r/.git/info", { recursive: true });
  await repo.fs.mkdir("/r/sub", { recursive: true });
  await repo.fs.mkdir("/home/.config/git", { recursive: true });
  for (const [file, text] of Object.entries(FILES)) await repo.fs.writeFile(file, text);
  const rule = await ignoreOf(repo, new Map([["HOME", "/home"]])).ruleFor(path, directory);
  expect(rule && `${rule.source}:${rule.line}:${rule.pattern}`).toBe(expected);
});
