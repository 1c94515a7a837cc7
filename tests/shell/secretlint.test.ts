/** Our `secretlint` against the installed command line: the same files, the same options, the same bytes. */
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HOME } from "../git/story.ts";
import { testShell, USER } from "./lab.ts";

// An import of node:fs would be answered by the alias that keeps the lab away from the host's files.
const { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } =
  process.getBuiltinModule("node:fs");

const root = process.cwd();
const letters = (length: number) => "aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0zA".repeat(4).slice(0, length);
const github = () => ["gh", "p_"].join("") + letters(36);
const slack = () => ["xo", "xb-"].join("") + "123456789012-1234567890123-" + letters(24);
const npm = () => ["np", "m_"].join("") + letters(36);

const CONFIG = JSON.stringify({ rules: [{ id: "@secretlint/secretlint-rule-preset-recommend" }] });

const FILES: Readonly<Record<string, string>> = {
  ".secretlintrc.json": CONFIG,
  "no-github.json": JSON.stringify({
    rules: [
      {
        id: "@secretlint/secretlint-rule-preset-recommend",
        rules: [
          { id: "@secretlint/secretlint-rule-github", disabled: true },
          { id: "@secretlint/secretlint-rule-npm", allowMessageIds: ["NPM_ACCESS_TOKEN"] },
        ],
      },
    ],
  }),
  ".gitignore": "dist/\n*.log\n!keep.log\n/top.env\n",
  ".secretlintignore": "vendored/**\n",
  "clean.txt": "nothing here\n",
  "a.env": `TOKEN=${github()}\nother\n  SLACK=${slack()}\n`,
  "top.env": `T=${github()}\n`,
  "src/top.env": `T=${github()}\n`,
  "src/deep/b.js": `const t = "${npm()}";\nconst two = ["${github()}", "${slack()}"];\n`,
  "src/.hidden": `${github()}\n`,
  "src/quiet.txt": `/* secretlint-disable */\n${github()}\n/* secretlint-enable */\n${slack()}\n`,
  "src/(group)/x.txt": `${github()}\n`,
  "src/umlaut.txt": `äöü ${github()}\n`,
  "dist/built.js": `"${github()}"\n`,
  "run.log": `${github()}\n`,
  "keep.log": `${github()}\n`,
  "vendored/lib.js": `"${github()}"\n`,
  "src/.gitignore": "ignored-here\n",
  "src/ignored-here": `${github()}\n`,
};

const CASES: readonly (readonly string[])[] = [
  ["**/*"],
  ["**/*", "--no-maskSecrets"],
  ["**/*", "--format", "json"],
  ["**/*", "--format=json", "--no-maskSecrets"],
  ["**/*", "--format", "unix"],
  ["**/*", "--format", "unix", "--no-maskSecrets"],
  ["**/*", "--format", "compact"],
  ["**/*", "--format", "github"],
  ["a.env", "--format", "mask-result"],
  ["**/*", "--no-color"],
  ["**/*", "--no-gitignore", "--format", "unix"],
  ["src", "--format", "unix"],
  ["src/deep/b.js", "a.env", "--format", "unix"],
  ["src/**/*.js", "--format", "unix"],
  ["src/*", "!src/umlaut.txt", "--format", "unix"],
  ["*.{env,log}", "--format", "unix"],
  ["**/[ab].*", "--format", "unix"],
  ["clean.txt"],
  ["dist/**/*"],
  ["dist/**/*", "--no-gitignore", "--format", "unix"],
  ["src/(group)/x.txt", "--no-glob", "--format", "unix"],
  ["**/*", "--secretlintrc", "no-github.json", "--format", "unix"],
  ["**/*", "--secretlintignore", ".gitignore", "--format", "unix"],
  ["**/*", "--secretlintrcJSON", CONFIG, "--format", "unix"],
  ["a.env", "--locale", "ja"],
  ["a.env", "--output", "report.txt"],
];

/** Not byte for byte: Node adds a stack. The first line and the exit code count. */
const ERRORS: readonly (readonly string[])[] = [
  ["nowhere/*"],
  ["**/*", "--secretlintrc", "absent.json"],
  ["**/*", "--no-such-option"],
];

let folder = "";
const lab = testShell();

beforeAll(() => {
  folder = realpathSync(mkdtempSync(`${tmpdir()}/leaklab-secretlint-`));
  mkdirSync(`${folder}/work`);
  symlinkSync(`${root}/node_modules`, `${folder}/node_modules`);
  lab.disk.mkdir(`${HOME}/work`, {}, USER);
  for (const [name, text] of Object.entries(FILES)) {
    const parent = name.slice(0, name.lastIndexOf("/") + 1);
    mkdirSync(`${folder}/work/${parent}`, { recursive: true });
    writeFileSync(`${folder}/work/${name}`, text);
    lab.disk.mkdir(`${HOME}/work/${parent}`, { recursive: true }, USER);
    lab.disk.write(`${HOME}/work/${name}`, text, USER);
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function real(args: readonly string[], input = "") {
  const cli = `${root}/node_modules/secretlint/bin/secretlint.js`;
  const env = { PATH: `${root}/node_modules/.bin:/usr/bin:/bin`, HOME: folder };
  const ran = spawnSync(`${root}/node_modules/.bin/node`, [cli, ...args], {
    cwd: `${folder}/work`,
    encoding: "utf8",
    env,
    input,
  });
  return {
    stdout: ran.stdout.replaceAll(`${folder}/work`, `${HOME}/work`),
    stderr: ran.stderr,
    exitCode: ran.status,
  };
}

/** The real walk is concurrent: the order of files is chance. */
function unordered(output: string): unknown {
  if (!output.startsWith("[{")) return output.split("\n").sort();
  const results = JSON.parse(output) as { filePath: string }[];
  return results.sort((a, b) => (a.filePath < b.filePath ? -1 : 1)).map((it) => JSON.stringify(it));
}

const quoted = (args: readonly string[]) => args.map((arg) => `'${arg}'`).join(" ");

describe("the same output and exit code", () => {
  test.each(CASES.map((args) => [args.join(" "), args] as const))("%s", async (_title, args) => {
    const expected = real(args);
    const { stdout, exitCode } = await lab.run(`cd ~/work && npx secretlint ${quoted(args)}`);
    expect(exitCode).toBe(expected.exitCode);
    expect(unordered(stdout)).toEqual(unordered(expected.stdout));
  });
});

test("standard input under a name", async () => {
  const expected = real(["--stdinFileName", "x.txt", "--format", "unix"], FILES["a.env"]);
  const { stdout, exitCode } = await lab.run(
    "cd ~/work && cat a.env | secretlint --stdinFileName x.txt --format unix",
  );
  expect({ stdout, exitCode }).toEqual({ stdout: expected.stdout, exitCode: expected.exitCode });
  expect(exitCode).toBe(1);
});

test.each(ERRORS.map((args) => [args.join(" "), args] as const))("exit 2: %s", async (_title, args) => {
  const expected = real(args);
  const { stderr, exitCode } = await lab.run(`cd ~/work && npx secretlint ${quoted(args)}`);
  expect(exitCode).toBe(2);
  expect(expected.exitCode).toBe(2);
  expect(stderr.split("\n")[0]?.slice(0, 30)).toBe(expected.stderr.split("\n")[0]?.slice(0, 30));
});

test("other packages are refused by name", async () => {
  expect(await lab.run("npx cowsay hello")).toEqual({
    stdout: "",
    stderr: "npx cowsay: not simulated in LeakLab\n",
    exitCode: 1,
  });
});
