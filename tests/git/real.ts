/** Runs a conformance story in real bash with real git, in a temporary home outside any repository. */
import { execFileSync, spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { datesAt, GLOBAL_CONFIG, HOME, IDENTITY, secondsAt, type Outcome, type Story } from "./story.ts";

// An import of node:fs would be answered by the alias that keeps the lab away from the host's files.
const { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } =
  process.getBuiltinModule("node:fs");

/** `2.39.5`; null where there is no git. */
export function realGitVersion(): string | null {
  try {
    return /\d+(\.\d+)+/.exec(execFileSync("git", ["--version"], { encoding: "utf8" }))?.[0] ?? null;
  } catch {
    return null;
  }
}

export async function runReal(story: Story): Promise<Outcome[]> {
  const root = realpathSync(mkdtempSync(`${tmpdir()}/leaklab-git-`));
  try {
    const home = root + HOME;
    const files = `${root}/lines`;
    mkdirSync(home, { recursive: true });
    mkdirSync(files);
    writeFileSync(`${home}/.gitconfig`, GLOBAL_CONFIG);
    story.lines.forEach((line, index) => writeFileSync(`${files}/${index}.sh`, `${line}\n`));
    writeFileSync(`${root}/driver.sh`, story.lines.map((_, index) => driverLine(files, index)).join(""));
    await runDriver(root, home);
    return story.lines.map((_, index) => outcome(root, files, index));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** `source` keeps variables and the working directory from line to line. GIT_TEST_DATE_NOW is git's own clock override. */
function driverLine(files: string, index: number): string {
  const at = `${files}/${index}`;
  return (
    `${datesAt(index)} GIT_TEST_DATE_NOW=${secondsAt(index)}\n` +
    `. '${at}.sh' >'${at}.out' 2>'${at}.err' </dev/null\necho $? >'${at}.rc'\n`
  );
}

function runDriver(root: string, home: string): Promise<void> {
  const env = {
    PATH: "/usr/local/bin:/usr/bin:/bin",
    HOME: home,
    ...IDENTITY,
    GIT_CONFIG_GLOBAL: `${home}/.gitconfig`,
  };
  const child = spawn("bash", ["--norc", `${root}/driver.sh`], {
    cwd: home,
    env,
    stdio: "ignore",
    timeout: 60_000,
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", () => resolve());
  });
}

function outcome(root: string, files: string, index: number): Outcome {
  const at = `${files}/${index}`;
  const read = (suffix: string) => {
    try {
      return readFileSync(at + suffix, "utf8");
    } catch {
      return "";
    }
  };
  const clean = (text: string) =>
    text.replaceAll(new RegExp(`${at}\\.sh: line \\d+: `, "g"), "bash: ").replaceAll(root, "");
  return { stdout: clean(read(".out")), stderr: clean(read(".err")), exitCode: Number(read(".rc") || -1) };
}
