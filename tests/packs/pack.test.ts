/** A pack of labs outside of the repository: made, listed, verified and played by its path. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ROOT } from "../../src/cli/coreBuild.ts";

const pack = mkdtempSync(join(tmpdir(), "pack-"));
afterAll(() => rmSync(pack, { recursive: true, force: true }));

const leaklab = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync("node", ["src/cli/main.ts", ...args], {
    cwd: ROOT,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
};

beforeAll(() => {
  for (const name of ["ferry-token", "harbour-key"])
    expect(leaklab("new", join(pack, name))).toMatchObject({ status: 0, stderr: "" });
}, 60_000);

test("lists its labs", () => {
  const { stdout } = leaklab("list", pack, "--json");
  expect((JSON.parse(stdout) as { labs: { id: string }[] }).labs.map(({ id }) => id)).toEqual([
    "ferry-token",
    "harbour-key",
  ]);
});

test("verifies all of them, or one", { timeout: 120_000 }, () => {
  const all = leaklab("verify", pack, "--seeds", "1", "--json");
  expect(JSON.parse(all.stdout)).toMatchObject({
    ok: true,
    labs: [
      { lab: "ferry-token", ok: true },
      { lab: "harbour-key", ok: true },
    ],
  });
  const one = leaklab("verify", join(pack, "harbour-key"), "--seeds", "2");
  expect(one).toMatchObject({ status: 0, stdout: expect.stringMatching(/^harbour-key: ok, \d+ cases/) });
});

test("plays a script of it", { timeout: 60_000 }, () => {
  const lab = join(pack, "ferry-token");
  const run = leaklab("run", lab, "--script", join(lab, "solutions/reference.sh"), "--json");
  expect(JSON.parse(run.stdout)).toMatchObject({ lab: "ferry-token", passed: true });
});

test("a mistake in one lab of it names the lab, the file and the line", () => {
  const other = mkdtempSync(join(tmpdir(), "pack-"));
  try {
    leaklab("new", join(other, "one"));
    leaklab("new", join(other, "two"));
    writeFileSync(join(other, "two", "lab.yaml"), "id: two\ntitle: [\n");
    const { status, stderr } = leaklab("verify", other);
    expect(status).toBe(2);
    expect(stderr).toContain("two/lab.yaml:");
  } finally {
    rmSync(other, { recursive: true, force: true });
  }
});

test("what is no lab, and what is there already, is said", () => {
  expect(leaklab("verify", join(pack, "nothing"))).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("and no folder with labs"),
  });
  expect(leaklab("new", join(pack, "harbour-key"))).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("exists already"),
  });
  expect(leaklab("new", join(pack, "Not A Name"))).toMatchObject({ status: 2 });
});
