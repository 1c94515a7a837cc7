/** Secrets and variables against the forge itself, and the sealed box against libsodium. */
import fc from "fast-check";
import sodium from "libsodium-wrappers";
import { beforeAll, describe, expect, test } from "vitest";
import { SECRETS, VARIABLES } from "../../src/world/services/forge/actions/model.ts";
import { ID } from "../forge/setting.ts";
import { ghSetting } from "./setting.ts";

const R = `-R ${ID}`;

beforeAll(() => sodium.ready);

test("what is sent opens with libsodium, and with nothing else", async () => {
  const pair = sodium.crypto_box_keypair();
  const key = sodium.to_base64(pair.publicKey, sodium.base64_variants.ORIGINAL);
  const { run, sent } = ghSetting({
    fakes: {
      "GET repos/a/b/actions/secrets/public-key": { key_id: "k", key },
      "PUT repos/a/b/actions/secrets/TOKEN": {},
    },
  });
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "grapheme", maxLength: 80 }), async (value) => {
      // A shell has no NUL in its words.
      const text = value.replaceAll("\0", "");
      await run(`gh secret set token -R a/b --body '${text.replaceAll("'", "'\\''")}'`);
      const body = sent.at(-1)?.body as { encrypted_value: string; key_id: string };
      const box = sodium.from_base64(body.encrypted_value, sodium.base64_variants.ORIGINAL);
      expect(sodium.to_string(sodium.crypto_box_seal_open(box, pair.publicKey, pair.privateKey))).toBe(text);
      expect(body.key_id).toBe("k");
    }),
    { numRuns: 25, seed: 7 },
  );
});

const kept = ({ world }: ReturnType<typeof ghSetting>) =>
  world.tables
    .of(SECRETS)
    .all()
    .map(({ scope, name, value }) => [scope.kind, name, value]);

describe("secrets arrive as they were given", () => {
  test.each([
    ["gh secret set token -b 'a b'", ["TOKEN", "a b"]],
    ["printf 'line\\nline\\n' | gh secret set TOKEN", ["TOKEN", "line\nline"]],
    ["printf 'A=1\\n# no\\nexport B=\"x y\"\\n' > .env && gh secret set -f .env", ["B", "x y"]],
  ])("%s", async (line, [name, value]) => {
    const setting = ghSetting();
    setting.world.forge.changeRepository(ID, { collaborators: { lin: "admin" } });
    expect(await setting.run(`${line} ${R}`)).toEqual({ stdout: "", stderr: "", exitCode: 0 });
    expect(kept(setting).at(-1)).toEqual(["repository", name, value]);
    expect((await setting.run(`gh secret list ${R}`)).stdout).toMatch(new RegExp(`${name}\\t2026-03-09T`));
    expect((await setting.run(`gh secret list ${R} --json name -q '.[-1].name'`)).stdout).toBe(`${name}\n`);
    expect(await setting.run(`gh secret delete ${name} ${R}`)).toEqual({
      stdout: "",
      stderr: "",
      exitCode: 0,
    });
    expect(kept(setting)).not.toContainEqual(["repository", name, value]);
  });

  test("a person is asked, and the answer is not shown", async () => {
    const setting = ghSetting({ answers: ["typed"] });
    setting.world.forge.changeRepository(ID, { collaborators: { lin: "admin" } });
    await setting.run(`gh secret set PIN ${R}`);
    expect(kept(setting)).toEqual([["repository", "PIN", "typed"]]);
    expect(setting.prompts).toEqual(["? Paste your secret: "]);
  });
});

test.each([
  ["gh secret set 1bad -b x", /^failed to set secret "1bad": HTTP 422: /],
  ["gh secret set GITHUB_X -b x", /^failed to set secret "GITHUB_X": HTTP 422: /],
  ["gh secret delete NONE", /^failed to delete secret NONE: HTTP 404: Not Found \(/],
  ["gh secret set A -b x --env nowhere", /^failed to fetch public key: HTTP 404: /],
  ["gh secret set A -b x --app codespaces", /not simulated in LeakLab\n$/],
  ["gh variable get NONE", /^variable NONE was not found\n$/],
  ["gh variable delete NONE", /^failed to delete variable NONE: HTTP 404: /],
])("%s", async (line, stderr) => {
  const { run, world } = ghSetting();
  world.forge.changeRepository(ID, { collaborators: { lin: "admin" } });
  const result = await run(`${line} ${R}`);
  expect(result.stderr).toMatch(stderr);
  expect(result.exitCode).toBe(1);
});

test("variables are set, changed, read and deleted", async () => {
  const { run, world } = ghSetting();
  world.forge.changeRepository(ID, { collaborators: { lin: "admin" } });
  expect((await run(`gh variable set stage -b one ${R} && gh variable set STAGE -b two ${R}`)).exitCode).toBe(
    0,
  );
  expect(world.tables.of(VARIABLES).all()).toMatchObject([{ name: "STAGE", value: "two" }]);
  expect((await run(`gh variable get STAGE ${R}`)).stdout).toBe("two\n");
  expect((await run(`gh variable list ${R}`)).stdout).toMatch(/^STAGE\ttwo\t2026-/);
  expect((await run(`gh variable delete stage ${R}`)).exitCode).toBe(0);
  expect((await run(`gh variable list ${R}`)).stdout).toBe("");
});

/** Flags → what an organisation's secret is shared with. */
test.each([
  ["", { visibility: "private" }],
  ["--visibility all", { visibility: "all" }],
  ["--repos tides", { visibility: "selected", selected_repository_ids: [5] }],
  [
    "--repos tides,other/x --visibility selected",
    { visibility: "selected", selected_repository_ids: [5, 6] },
  ],
])("gh secret set --org %s", async (flags, shared) => {
  const pair = sodium.crypto_box_keypair();
  const key = sodium.to_base64(pair.publicKey, sodium.base64_variants.ORIGINAL);
  const { run, sent } = ghSetting({
    fakes: {
      "GET orgs/lantern-tides/actions/secrets/public-key": { key_id: "k", key },
      "PUT orgs/lantern-tides/actions/secrets/A": {},
      "GET repos/lantern-tides/tides": { id: 5 },
      "GET repos/other/x": { id: 6 },
    },
  });
  expect(await run(`gh secret set A -b x --org lantern-tides ${flags}`)).toEqual({
    stdout: "",
    stderr: "",
    exitCode: 0,
  });
  expect(sent.at(-1)?.body).toMatchObject(shared);
});
