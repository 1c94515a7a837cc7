/** Source archives, unpacked by the real programs. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { sha256 } from "../../src/base/digest.ts";
import { objectsOf } from "../../src/world/services/forge/git/objects.ts";
import type { Repository } from "../../src/world/services/forge/model.ts";
import { World } from "../../src/world/world.ts";
import { ID, token } from "./setting.ts";

const folder = mkdtempSync(join(tmpdir(), "leaklab-archive-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function setting(visibility: "public" | "private") {
  const world = World.empty(1, { detect: () => [], happenings: {} }, Date.UTC(2026, 2, 9));
  world.forge.createAccount("mina");
  world.forge.createRepository(ID, { visibility, collaborators: { mina: "read" } });
  const objects = objectsOf(world.forge, world.forge.find(ID) as Repository);
  const put = (text: string, mode = "100644") => ({ mode, id: objects.writeBlob(text) });
  const files = new Map([
    ["README.md", put("# Tides\n")],
    ["bin/run.sh", put("#!/bin/sh\n", "100755")],
    [`deep/${"folder/".repeat(20)}file`, put("deep\n")],
    ["link", put("bin/run.sh", "120000")],
    [".hidden", put("")],
    ["__proto__", put("plain\n")],
  ]);
  const author = { name: "Mina", email: "mina@lantern.example", atMs: Date.UTC(2026, 0, 2, 3, 4, 6) };
  const commit = objects.writeCommit({
    tree: objects.editTree(null, files),
    parents: [],
    message: "one",
    author,
  });
  objects.setRef("refs/heads/main", commit);
  objects.setRef("refs/tags/v1/a", commit);
  const { value } = token(world, "mina", { kind: "classic", scopes: ["repo"] });
  const get = (url: string, headers: Record<string, string> = {}) =>
    world.network.fetch(new Request(url, { headers, redirect: "manual" }), {
      address: "203.0.113.9",
      session: null,
    });
  const ask = (path: string, authorised = true) =>
    get(`https://api.forge.test/repos/${ID}${path}`, authorised ? { authorization: `token ${value}` } : {});
  return { world, commit, get, ask };
}

const unpack = {
  zip: (file: string) => execFileSync("python3", ["-c", UNZIP, file, folder]),
  "tar.gz": (file: string) => execFileSync("tar", ["-xzf", file, "-C", folder]),
};
/** As unzip does, links and modes included. */
const UNZIP = `
import os, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
for entry in archive.infolist():
    path = os.path.join(sys.argv[2], entry.filename)
    if entry.external_attr >> 28 == 0o12:
        os.symlink(archive.read(entry).decode(), path)
    else:
        archive.extract(entry, sys.argv[2])
        os.chmod(path, entry.external_attr >> 16 & 0o777)
`;

test.each([
  ["zipball", "zip", "/refs/heads/main"],
  ["tarball", "tar.gz", "/v1/a"],
  ["zipball", "zip", ""],
] as const)("%s (%s) of %j", async (name, format, ref) => {
  const { commit, get, ask, world } = setting("private");
  const answer = await ask(`/${name}${ref}`);
  expect(answer.status).toBe(302);
  const location = answer.headers.get("location") as string;
  const archive = await get(location);
  const top = `lantern-tides-tides-${commit.slice(0, 7)}`;
  expect(archive.headers.get("content-disposition")).toBe(`attachment; filename=${top}.${format}`);
  const bytes = new Uint8Array(await archive.arrayBuffer());
  const file = join(folder, `a.${format}`);
  writeFileSync(file, bytes);
  unpack[format](file);
  const at = (path: string) => join(folder, top, path);
  expect(readFileSync(at("README.md"), "utf8")).toBe("# Tides\n");
  expect(readFileSync(at(`deep/${"folder/".repeat(20)}file`), "utf8")).toBe("deep\n");
  expect(readFileSync(at("__proto__"), "utf8")).toBe("plain\n");
  expect(readlinkSync(at("link"))).toBe("bin/run.sh");
  expect(statSync(at("bin/run.sh")).mode & 0o111).not.toBe(0);
  expect(statSync(at("README.md")).mode & 0o111).toBe(0);
  rmSync(join(folder, top), { recursive: true });
  const again = setting("private");
  const other = await again.get((await again.ask(`/${name}${ref}`)).headers.get("location") as string);
  expect(sha256(new Uint8Array(await other.arrayBuffer()))).toBe(sha256(bytes));
  const told = world.audit.all().map(({ action }) => action);
  expect(told.includes("repo.download_zip")).toBe(format === "zip");
});

test("whoever may not read it gets none, and an address holds for a minute", async () => {
  const { world, get, ask } = setting("private");
  expect((await ask("/zipball/main", false)).status).toBe(404);
  expect((await ask("/zipball/nothing")).status).toBe(404);
  const location = (await ask("/zipball/main")).headers.get("location") as string;
  expect((await get(location.replace("legacy.zip", "legacy.tar.gz"))).status).toBe(404);
  expect((await get(location.split("?")[0] as string)).status).toBe(404);
  await world.advance(61_000);
  expect((await get(location)).status).toBe(404);
});

test("a public repository needs no address of its own", async () => {
  const { get, ask } = setting("public");
  const location = (await ask("/tarball/main", false)).headers.get("location") as string;
  expect(location).toBe(`https://forge.test/_codeload/${ID}/legacy.tar.gz/main`);
  expect((await get(location)).status).toBe(200);
});
