/** `leaklab pipeline` as its contract says. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const WORD = "harbour-light-77";
const folder = mkdtempSync(join(tmpdir(), "leaklab-pipeline-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function leaklab(...args: string[]) {
  const { status, stdout, stderr } = spawnSync("npm", ["run", "-s", "leaklab", "--", "pipeline", ...args], {
    cwd: ROOT,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

function directory(name: string, files: Readonly<Record<string, string>>): string {
  const at = join(folder, name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(at, path, ".."), { recursive: true });
    writeFileSync(join(at, path), text);
  }
  return at;
}

function workflow(run: string, on = "push"): Record<string, string> {
  return {
    ".github/workflows/ci.yml": `name: CI\non: ${on}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ${run}\n`,
  };
}

test("exit 0, JSON and nothing else, no secret in it", () => {
  const at = directory("good", workflow('echo "${{ secrets.WORD }} ${{ github.event_name }}"'));
  const { status, stdout } = leaklab(at, "--json", "--secret", `WORD=${WORD}`);
  const report = JSON.parse(stdout) as Record<string, unknown>;
  expect(report).toMatchObject({
    runs: [
      {
        workflow: "CI",
        event: "push",
        conclusion: "success",
        jobs: [{ id: "a", name: "a", conclusion: "success", outputs: {} }],
      },
    ],
    problems: [],
  });
  expect(stdout).toContain("*** push");
  expect(stdout).not.toContain(WORD);
  expect(status).toBe(0);
}, 120_000);

test("exit 1 where a job fails, 2 where a workflow is invalid, with its place", () => {
  const failing = leaklab(directory("failing", workflow("exit 3")));
  expect(failing.stdout).toContain("CI (push): failure");
  expect(failing.status).toBe(1);
  const invalid = leaklab(directory("invalid", workflow("echo ${{ nope }}")), "--json");
  expect(invalid.status).toBe(2);
  expect(JSON.parse(invalid.stdout)).toMatchObject({
    problems: [{ file: ".github/workflows/ci.yml", line: 7, message: "Unrecognized named-value: 'nope'" }],
  });
}, 120_000);

test("another event, with a payload of one's own", () => {
  const at = directory("issues", workflow('echo "$(jq -r .issue.title $GITHUB_EVENT_PATH)"', "issues"));
  writeFileSync(join(folder, "payload.json"), '{"issue":{"title":"Told by a file"}}');
  const { stdout, status } = leaklab(at, "--event", "issues", "--payload", join(folder, "payload.json"));
  expect(stdout).toContain("Told by a file");
  expect(status).toBe(0);
}, 120_000);

test.each([
  [["nowhere"], "is no directory"],
  [[folder], "there is no workflow"],
  [[folder, "--secret", WORD], "--secret wants NAME=VALUE"],
])("%j is a mistake of the caller", (args, message) => {
  const at = args.length === 3 ? [directory("good", workflow("true")), ...args.slice(1)] : args;
  const { status, stderr } = leaklab(...at);
  expect(stderr).toContain(message);
  expect(stderr).not.toContain(WORD);
  expect(status).toBe(2);
});
