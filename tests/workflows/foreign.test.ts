/** Workflows in the style of public projects' documentation: each runs, or names what is not supported, with its place. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fromUtf8 } from "../../src/base/bytes.ts";
import { pipelineRun } from "../../src/attempt/pipelineRun.ts";

const FOLDER = join(import.meta.dirname, "foreign");

/** What is known not to run, and how the run says so. Everything else is green. */
const UNSUPPORTED: Readonly<Record<string, string>> = {
  "cloud-oidc.yml": "Unable to resolve action aws-actions/configure-aws-credentials@v4",
  "codeql.yml": "Unable to resolve action github/codeql-action/init@v3",
  "cross-platform.yml": "runs-on: windows-latest: not simulated in LeakLab",
  "docker-image.yml": "Unable to resolve action docker/login-action@v3",
  "node-matrix.yml": "actions/setup-node with cache: npm: not simulated in LeakLab",
  "pages.yml": "Unable to resolve action actions/configure-pages@v5",
  "python-package.yml": "Unable to resolve action actions/setup-python@v5",
  "release-please.yml": "Unable to resolve action googleapis/release-please-action@v4",
  "service-redis.yml": "services.cache",
  "stale.yml": "Unable to resolve action actions/stale@v9",
};

test("there are enough of them", () => {
  expect(readdirSync(FOLDER).length).toBeGreaterThanOrEqual(12);
});

test.each(readdirSync(FOLDER))("%s", async (name) => {
  const text = readFileSync(join(FOLDER, name), "utf8");
  const event = /^# event: (\w+)/.exec(text)?.[1] ?? "push";
  const path = `.github/workflows/${name}`;
  const files = Object.entries({
    [path]: text,
    "package.json": '{"name":"tides","version":"1.0.0","scripts":{}}',
    "package-lock.json": '{"name":"tides","version":"1.0.0","lockfileVersion":3,"packages":{}}',
    ".github/labeler.yml": "docs:\n  - changed-files:\n      - any-glob-to-any-file: docs/**\n",
    "index.html": "<h1>Tides</h1>",
  }).map(([file, content]) => ({ path: file, bytes: fromUtf8(content), executable: false }));
  const report = await pipelineRun(
    { name: "foreign", files, workflow: name, event, payload: {}, secrets: {} },
    async (_world, run) => run(),
  );
  const [run] = report.runs;
  const wanted = UNSUPPORTED[name];
  if (wanted === undefined) {
    expect(["success", "skipped"], JSON.stringify(report)).toContain(run?.conclusion);
    return;
  }
  expect(run?.conclusion).toBe("failure");
  const problem = report.problems.find(({ message }) => message.startsWith(wanted));
  expect(problem, JSON.stringify(report.problems)).toMatchObject({ file: path });
  expect(text.split("\n")[(problem?.line ?? 0) - 1]).toMatch(/uses:|id:|name:|runs-on:|image:/);
});
