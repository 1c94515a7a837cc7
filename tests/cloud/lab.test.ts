/** The cloud of a lab: who is signed in as it begins, and what happens when a key is pushed in public. */
import { describe, expect, test } from "vitest";
import { detectSecrets } from "../../src/attempt/detect.ts";
import type { Setting } from "../../src/attempt/input.ts";
import { startWorld } from "../../src/attempt/start.ts";
import type { LabBundle } from "../../src/lab/bundle.ts";
import { parseManifest } from "../../src/lab/parse.ts";
import { START_MS } from "../../src/world/clock.ts";
import { changeKey, keysOf } from "../../src/world/services/cloud/keys.ts";
import { authorise } from "../../src/world/services/cloud/authorise.ts";
import { principalOf } from "../../src/world/services/cloud/authenticate.ts";
import { EXPOSURES } from "../../src/world/services/cloud/quarantine.ts";
import { attachToUser, userNamed } from "../../src/world/services/cloud/users.ts";
import { mailbox } from "../../src/world/services/mail/mail.ts";
import type { World } from "../../src/world/world.ts";

const manifest = (more = "") => `id: small
title: A small lab
version: 1.0.0
module: day-one
minutes: 5
difficulty: easy
services: [forge, cloud, mail]
work: work
repository: { name: lantern-tides/work, pushProtection: false }
people: [{ login: teo }]
cloud: { access: { learner: [IAMFullAccess, AWSCloudTrail_ReadOnlyAccess], teo: ReadOnlyAccess } }
credentials:
  - { id: ciKey, kind: awsKey, owner: ci, scope: the sandbox, issuer: cloud, grants: { user: ci-sandbox, created: 900d, lastUsed: 400d }, variable: CI_KEY }
${more}
tasks: [Look around.]
ahead: No known event ahead.
checks:
  - { id: off, title: The key is off, kind: credential, mark: contained, required: true, with: { credential: ciKey, works: false } }
diagnoses:
  - { id: W1, check: off, kind: copy-there, message: "{path} holds it.", with: { credential: ciKey, surfaces: [worktree] } }
`;

/** Pushes a file 40 seconds before the lab begins. */
const PUSH = (content: string, after = "rules on lantern-tides/work") => `mkdir -p work && cd work
git init -q -b main
git remote add origin https://forge.test/lantern-tides/work.git
echo hello > README.md
git add . && git commit -q -m Start && git push -q origin main
for i in $(seq 71); do sleep 1h; done
sleep 59m
sleep 20s
${after}
printf '%s\\n' ${content} > .env
git add . && git commit -q -m Keys && git push -q origin main
cd
`;
const BOTH = '"AWS_ACCESS_KEY_ID=$CI_KEY_ID" "AWS_SECRET_ACCESS_KEY=$CI_KEY"';

interface Begin {
  readonly setup?: string;
  readonly setting?: Setting;
  readonly more?: string;
  readonly seed?: number;
}

async function begin({ setup = "", setting = "normal", more = "", seed = 7 }: Begin = {}): Promise<World> {
  const parsed = parseManifest(manifest(more));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  const bundle: LabBundle = { manifest: parsed.value, start: { setup, files: {} }, stories: {} };
  return startWorld({ bundle, seed, setting, detect: detectSecrets, enter: (_, run) => run() });
}

const QUARANTINE = "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3";
const isQuarantined = (world: World) => userNamed(world, "ci-sandbox")?.attached.includes(QUARANTINE);
const letters = (world: World) =>
  mailbox(world, "learner@lantern-tides.test", "inbox").filter(({ from }) => from.includes("amazonaws.test"));

test("people are signed in, the administrator too where nobody says so", async () => {
  const world = await begin();
  const file = (machine: string, path: string) => world.machines.get(machine).readText(path);
  const [key] = keysOf(world, "learner");
  const secret = world.credentials.get(key?.credential ?? "")?.value;
  expect(file("laptop", "/home/learner/.aws/credentials")).toBe(
    `[default]\naws_access_key_id = ${key?.accessKeyId}\naws_secret_access_key = ${secret}\n`,
  );
  expect(file("laptop", "/home/learner/.aws/config")).toBe("[default]\nregion = eu-north-1\noutput = json\n");
  expect(file("teo", "/home/teo/.aws/credentials")).toContain("aws_access_key_id = AKIA");
  expect(file("mina", "/home/mina/.aws/credentials")).toContain("aws_access_key_id = AKIA");
  const attached = ["mina", "learner", "teo"].map((name) =>
    userNamed(world, name)?.attached.map((arn) => arn.split("/").at(-1)),
  );
  expect(attached).toEqual([
    ["AdministratorAccess"],
    ["IAMFullAccess", "AWSCloudTrail_ReadOnlyAccess"],
    ["ReadOnlyAccess"],
  ]);
});

test("a planted key is its user's, older than the lab, with its public half in a variable", async () => {
  const world = await begin({ setup: 'printf %s "$CI_KEY_ID" > id; printf %s "$CI_KEY" > secret\n' });
  const [key] = keysOf(world, "ci-sandbox");
  expect(world.laptop.readText("/home/learner/id")).toBe(key?.accessKeyId);
  expect(world.laptop.readText("/home/learner/secret")).toBe(world.credentials.get("ciKey")?.value);
  const day = 24 * 3600 * 1000;
  expect(key).toMatchObject({ credential: "ciKey", createdAtMs: START_MS - 900 * day });
  expect(world.credentials.get("ciKey")?.uses.map(({ atMs }) => atMs)).toEqual([START_MS - 400 * day]);
});

test("the same seed begins in the same way, in every world of it", async () => {
  const [one, same, other] = [await begin(), await begin(), await begin({ seed: 8 })];
  expect(same.digest()).toBe(one.digest());
  expect(userNamed(other, "mina")?.arn).not.toBe(userNamed(one, "mina")?.arn);
});

describe("a key that is pushed in public", () => {
  test("is quarantined after 67 seconds, and a letter comes after 250", async () => {
    const world = await begin({ setup: PUSH(BOTH) });
    await world.advance(26_000);
    expect(isQuarantined(world)).toBe(false);
    await world.advance(1_000);
    expect(isQuarantined(world)).toBe(true);
    expect(letters(world)).toEqual([]);
    await world.advance(183_000);
    const [letter] = letters(world);
    expect(letter?.body).toContain(keysOf(world, "ci-sandbox")[0]?.accessKeyId);
    expect(letter?.body).toContain("lantern-tides/work: .env at ");
    expect(letter?.body).not.toContain(world.credentials.get("ciKey")?.value);
    expect(
      world.audit
        .all()
        .filter(({ action }) => action === "iam:AttachUserPolicy")
        .at(-1),
    ).toMatchObject({
      actor: "AWS Internal",
      target: "ci-sandbox",
    });
  });

  test("takes four times as long in the gentle setting", async () => {
    const world = await begin({ setup: PUSH(BOTH), setting: "gentle" });
    await world.advance(227_000);
    expect(isQuarantined(world)).toBe(false);
    await world.advance(1_000);
    expect(isQuarantined(world)).toBe(true);
  });

  test("loses some of its rights and keeps others", async () => {
    const world = await begin({ setup: PUSH(BOTH) });
    const ports = world.ports("cloud");
    attachToUser(ports, "ci-sandbox", "arn:aws:iam::aws:policy/AdministratorAccess");
    const may = (action: string) => {
      const credential = world.credentials.get("ciKey");
      const principal = credential && principalOf(ports, credential);
      return principal ? authorise(ports, principal, { action, resource: "*" }) : null;
    };
    await world.advance(27_000);
    expect(may("iam:CreateUser")).toEqual({ allowed: false, deniedBy: "identity-based" });
    expect(may("ec2:RunInstances")?.allowed).toBe(false);
    for (const open of ["s3:ListAllMyBuckets", "s3:GetObject", "iam:ListUsers", "sts:AssumeRole"])
      expect(may(open)?.allowed, open).toBe(true);
  });

  test("needs no quarantine once it is off", async () => {
    const world = await begin({ setup: PUSH(BOTH) });
    const [key] = keysOf(world, "ci-sandbox");
    if (key) changeKey(world.ports("cloud"), key, "Inactive");
    await world.advance(300_000);
    expect(isQuarantined(world)).toBe(false);
    expect(letters(world)[0]?.body).toContain("The key was off before");
  });

  test("is found when the repository is opened later", async () => {
    const world = await begin({ setup: PUSH(BOTH, "true"), more: "" });
    expect(world.tables.of(EXPOSURES).size).toBe(0);
    const patch = async (visibility: string) => {
      const headers = { "Content-Type": "application/json" };
      const body = JSON.stringify({ visibility });
      const url = "https://api.forge.test/repos/lantern-tides/work";
      const request = new Request(url, { method: "PATCH", headers, body });
      const answer = await world.network.fetch(request, { address: "203.0.113.31", session: "mina" });
      expect(answer.status).toBe(200);
    };
    await patch("private");
    await world.advance(100_000);
    expect(isQuarantined(world)).toBe(false);
    await patch("public");
    await world.advance(67_000);
    expect(isQuarantined(world)).toBe(true);
  });
});

test.each([
  ["half a key", '"AWS_SECRET_ACCESS_KEY=$CI_KEY"'],
  ["an encoded key", '"$(printf %s "$CI_KEY_ID $CI_KEY" | base64 -w0)"'],
  ["nothing", '"NAME=value"'],
])("%s is not found", async (_, content) => {
  const world = await begin({ setup: PUSH(content) });
  await world.advance(300_000);
  expect(isQuarantined(world)).toBe(false);
  expect(letters(world)).toEqual([]);
});

describe("an author learns", () => {
  const planted = (grants: string, kind = "awsKey") =>
    `  - { id: other, kind: ${kind}, owner: ci, scope: x, issuer: cloud, grants: ${grants} }`;
  const rows: readonly (readonly [string, string, RegExp])[] = [
    ["no user", planted("{}"), /credentials/],
    ["a user with a blank", planted('{ user: "a b" }'), /write the name of an IAM user/],
    [
      "a third key of one user",
      ["a", "b"].map((id) => planted("{ user: CI-sandbox }").replace("other", id)).join("\n"),
      /that is all a user may have/,
    ],
    ["another kind", planted("{ user: a }", "password"), /must be awsKey/],
  ];
  test.each(rows)("%s", (_, more, message) => {
    const parsed = parseManifest(manifest(more));
    expect(parsed.ok).toBe(false);
    expect(JSON.stringify(parsed)).toMatch(message);
  });
});
