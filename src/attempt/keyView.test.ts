/** Bands of keys, and that nothing shows of keys and acts that the learner cannot know of. */
import { expect, test } from "vitest";
import type { Manifest } from "../lab/manifest.ts";
import { START_MS } from "../world/clock.ts";
import type { Credential } from "../world/credential.ts";
import { LEARNER } from "../world/person.ts";
import { World } from "../world/world.ts";
import { aftermathOf } from "./aftermath.ts";
import { allKeyViews, askedAbout, keyViews } from "./keyView.ts";

const world = () => World.empty(1, { detect: async () => [] });

function add(to: World, id: string, more: Partial<Credential> = {}): void {
  to.credentials.add({
    id,
    kind: "password",
    issuer: "none",
    value: `value of ${id}`,
    parts: [],
    owner: `owner of ${id}`,
    scope: "",
    grants: null,
    status: "active",
    createdAtMs: START_MS - 1000,
    expiresAtMs: null,
    uses: [],
    planted: true,
    ...more,
  });
}

function made(by: World, id: string, address: string): void {
  add(by, id, { planted: false, createdAtMs: by.clock.now() });
  by.audit.add({
    service: "cloud",
    actor: "somebody",
    identityType: "user",
    credentialId: null,
    action: "iam:CreateAccessKey",
    target: "",
    result: "allowed",
    address,
    requestId: "1",
    data: { response: { accessKey: { accessKeyId: id } } },
  });
}

const shown = (keys: ReturnType<typeof keyViews>) =>
  keys.map(({ id, name, known }) => `${id} ${name} ${known}`);

test("planted ones are known where an open check asks for them, made ones where the learner made them", () => {
  const here = world();
  add(here, "ciKey");
  add(here, "other");
  made(here, "own", LEARNER.address);
  made(here, "theirs", "198.51.100.7");
  const looked = { world: here, startMs: START_MS };
  expect(shown(keyViews(looked, new Set(["ciKey"])))).toEqual([
    "ciKey ciKey true",
    "other other false",
    "own owner of own true",
  ]);
  expect(allKeyViews(looked).map(({ id }) => id)).toEqual(["ciKey", "other", "own", "theirs"]);
  expect(JSON.stringify(allKeyViews(looked))).not.toContain("value of");
});

test("a band ends where the key was turned off, and begins again where it was turned on", () => {
  const here = world();
  add(here, "ciKey");
  here.clock.advance(10_000);
  here.credentials.change("ciKey", { status: "inactive" });
  here.clock.advance(20_000);
  here.credentials.change("ciKey", { status: "active" });
  expect(keyViews({ world: here, startMs: START_MS }, new Set())[0]?.worked).toEqual([
    { fromMs: START_MS, toMs: START_MS + 10_000 },
    { fromMs: START_MS + 30_000, toMs: null },
  ]);
});

test("withheld checks make nothing known", () => {
  const check = (evidence: string, options: object) => ({ evidence, with: options });
  const checks = [
    check("open", { credential: "a" }),
    check("withheld", { credential: "b" }),
    check("open", { story: "audit-x.sh" }),
  ] as unknown as Manifest["checks"];
  expect([...askedAbout({ checks })]).toEqual(["a"]);
});

test("the aftermath has what attackers did and took, but not the bus that they listen to", () => {
  const here = world();
  here.record({ who: "forge", kind: "push.public", what: "pushed in public", data: { hidden: true } });
  here.record({
    who: "attacker",
    kind: "attacker.found",
    what: "magpie found a",
    data: { actor: "magpie", credential: "a" },
  });
  here.record({
    who: "attacker",
    kind: "attacker.found",
    what: "magpie found a",
    data: { actor: "magpie", credential: "a" },
  });
  const { events, taken } = aftermathOf(here, START_MS);
  expect(events.map(({ who }) => who)).toEqual(["attacker", "attacker"]);
  expect(taken).toEqual([{ who: "magpie", credential: "a" }]);
});
