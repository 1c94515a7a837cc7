/** Attackers and messages as a lab's manifest has them: when they come, what the learner is told, who answers. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { detectSecrets } from "../../src/attempt/detect.ts";
import type { Setting } from "../../src/attempt/input.ts";
import { Play } from "../../src/attempt/play.ts";
import { knownAhead } from "../../src/attempt/timetable.ts";
import type { LabBundle } from "../../src/lab/bundle.ts";
import { parseManifest } from "../../src/lab/parse.ts";
import { START_MS } from "../../src/world/clock.ts";
import { MINUTE } from "./setting.ts";

const MANIFEST = `id: watched
title: Somebody watches
version: 1.0.0
module: day-one
minutes: 5
difficulty: easy
services: [forge, registry, mail, chat]
work: notes
people: [{ login: mina, organisation: owner }, { login: teo }]
repository: { name: lantern-tides/notes, pushProtection: false }
credentials:
  - { id: npm, kind: npmToken, owner: lantern-ci, scope: publishes, issuer: registry, grants: { user: lantern-ci, scopes: publish }, variable: NPM_VALUE }
  - { id: old, kind: npmToken, owner: lantern-ci, scope: publishes, issuer: registry, grants: { user: lantern-ci, scopes: read }, variable: OLD_VALUE }
tasks: [Look around.]
ahead: No known event ahead.
ATTACKERS
replies:
  - { to: teo, via: chat, when: rotate, by: teo, play: event-teo-answers.sh, after: 2m }
checks:
  - { id: dead, title: It is dead, kind: credential, mark: contained, required: true, with: { credential: npm, works: false } }
diagnoses:
  - { id: W1, check: dead, kind: copy-there, message: "{path} holds it.", with: { credential: npm, surfaces: [remote, chat] } }
`;

const SETUP = `as mina 'mkdir n; cd n; git init -q -b main; echo notes > README.md; git add .; git commit -q -m Start; git push -q https://forge.test/lantern-tides/notes.git main'
git config --global user.name "New Contributor"
git config --global user.email learner@lantern-tides.test
git clone -q https://forge.test/lantern-tides/notes.git notes
printf '%s' "$NPM_VALUE" > ~/value
printf '%s' "$OLD_VALUE" > ~/old
`;

const WATCHING =
  "attackers:\n  - { who: magpie, watch: [pushes, chat], what: magpie reads what was pushed }\n";

function bundleWith(attackers: string): LabBundle {
  const parsed = parseManifest(MANIFEST.replace("ATTACKERS\n", attackers));
  if (!parsed.ok) throw new Error(parsed.error.map(({ path, message }) => `${path}: ${message}`).join("\n"));
  const stories = { "event-teo-answers.sh": "chat post general 'I rotate it now.'\n" };
  return { manifest: parsed.value, start: { setup: SETUP, files: {} }, stories };
}

async function playing(setting: Setting = "normal", bundle = bundleWith(WATCHING)) {
  const header = {
    format: "leaklab-attempt/1" as const,
    lab: "watched",
    labVersion: "1.0.0",
    labDigest: "0".repeat(64),
    core: "test",
    seed: 5,
    setting,
  };
  const play = await Play.begin({ bundle, header, detect: detectSecrets, enter: (_world, run) => run() });
  const run = async (...lines: string[]) => {
    for (const text of lines) {
      const { exitCode } = await play.step({ kind: "line", terminal: 1, text });
      expect([text, exitCode]).toEqual([text, 0]);
    }
  };
  const usedAt = () =>
    (play.world.credentials.get("npm")?.uses ?? []).map(({ atMs }) => (atMs - START_MS) / MINUTE);
  return { play, run, usedAt, bundle };
}

const LEAK = "cat ~/value >> README.md && git commit -qam leak && git push -q";

describe("who watches pushes", () => {
  const AFTER: Readonly<Record<Setting, number>> = { gentle: 20, normal: 5, fast: 1.5 };
  test.each(Object.entries(AFTER))("%s: first use %d minutes after the push", async (setting, minutes) => {
    const { run, usedAt } = await playing(setting as Setting);
    // A harmless push before it brings nobody sooner.
    await run("advance 1m", "echo more >> README.md && git commit -qam more && git push -q", "advance 1m");
    await run(LEAK, "advance 30m");
    const [first] = usedAt();
    // The push is the last thing of its statement; three statements cost fifteen seconds each at most.
    expect(first).toBeGreaterThanOrEqual(2 + minutes);
    expect(first).toBeLessThanOrEqual(3 + minutes);
  });

  test("nobody comes for what was pushed where only few can read", async () => {
    const bundle = bundleWith(WATCHING);
    const repository = { ...bundle.manifest.repository, visibility: "private" as const };
    const { run, usedAt, play } = await playing("normal", {
      ...bundle,
      manifest: { ...bundle.manifest, repository },
    });
    await run(LEAK, "advance 30m");
    expect(usedAt()).toEqual([]);
    expect(play.world.events.some(({ kind }) => kind === "push.public")).toBe(false);
  });

  test("nobody gets anywhere with what was dead before they came", async () => {
    const { run, play } = await playing();
    await run(
      LEAK,
      `curl -sf -X DELETE -H "Authorization: Bearer $(cat ~/value)" https://registry.npm.test/-/npm/v1/tokens/token/$(cat ~/value)`,
      "advance 30m",
    );
    const told = play.world.events.flatMap(({ kind }) => (kind.startsWith("attacker.") ? [kind] : []));
    expect(told).toEqual(["attacker.found", "attacker.validate"]);
    const uses = play.world.credentials.get("npm")?.uses.filter(({ address }) => address === "198.51.100.7");
    expect(uses?.every(({ result }) => result === "denied")).toBe(true);
  });

  test("a message in a public channel is read too", async () => {
    const { run, usedAt } = await playing();
    await run(`chat post general "the token is $(cat ~/value)"`, "advance 6m");
    expect(usedAt()).toEqual([5, 5.5]);
  });
});

describe("what the learner is told", () => {
  test("nothing, but in the gentle setting the next thing", async () => {
    for (const setting of ["normal", "gentle"] as const) {
      const { play, run, bundle } = await playing(setting);
      await run(LEAK);
      const ahead = () => knownAhead(play.world, bundle.manifest, setting).map(({ what }) => what);
      expect(ahead()).toEqual(setting === "gentle" ? ["magpie reads what was pushed"] : []);
      await run("advance 21m");
      expect(ahead()).toEqual(setting === "gentle" ? ["magpie goes on with what it holds"] : []);
    }
  });

  test("the timeline of events has no line about exposure", async () => {
    const { play, run } = await playing();
    await run(LEAK);
    const exposures = play.world.events.filter(({ kind }) => kind === "push.public");
    expect(exposures).toMatchObject([
      { data: { hidden: true, repository: "lantern-tides/notes", actor: "learner" } },
    ]);
  });
});

test("who holds something uses it at their time, as they are used to", async () => {
  const chain = "chain: { enumerate: 30s, second-hand: 8m }, from: 203.0.113.99";
  const { play, run } = await playing(
    "normal",
    bundleWith(`attackers:\n  - { who: starling, at: 2m, holds: [npm], ${chain} }\n`),
  );
  await run("advance 12m");
  const uses = play.world.credentials
    .get("npm")
    ?.uses.map(({ atMs, address }) => [(atMs - START_MS) / MINUTE, address]);
  expect(uses).toEqual([
    [2, "203.0.113.99"],
    [2.5, "203.0.113.99"],
    [10, "203.0.113.66"],
  ]);
});

describe("colleagues answer in the chat", () => {
  test.each([
    ["by name", `chat post general "@teo please rotate the token"`, true],
    ["directly", `chat post @teo "please ROTATE the token"`, true],
    ["not what is said to somebody else", `chat post general "@mina please rotate the token"`, false],
    ["not what they have no answer to", `chat post general "@teo good morning"`, false],
    ["not what is said by mail", `echo rotate | mail -s rotate teo`, false],
  ])("%s", async (_what, line, answered) => {
    const { play, run } = await playing();
    await run(line, "advance 3m");
    const said = play.world.events.filter(
      ({ kind, data }) => kind === "chat.posted" && data["user"] === "teo",
    );
    expect(said).toHaveLength(answered ? 1 : 0);
  });
});

describe("mistakes of authors", () => {
  const WRONG: readonly (readonly [entry: string, path: string, message: RegExp])[] = [
    ["{ who: aya }", "attackers[0].who", /magpie/],
    ["{ who: magpie, holds: [none], at: 1m }", "attackers[0].holds", /there is no credential "none"/],
    ["{ who: magpie, holds: [npm] }", "attackers[0].at", /at which time/],
    ["{ who: magpie, every: 10m }", "attackers[0].every", /when \(at\) it begins/],
    ["{ who: magpie, watch: [everything] }", "attackers[0].watch[0]", /pushes/],
    ["{ who: magpie, chain: { validate: 1s } }", "attackers[0].chain.validate", /./],
    ["{ who: magpie, from: 8.8.8.8 }", "attackers[0].from", /192\.0\.2\.0/],
    ["{ who: magpie, after: soon }", "attackers[0].after", /span of time/],
  ];
  test.each(WRONG)("%s", (entry, path, message) => {
    const parsed = parseManifest(MANIFEST.replace("ATTACKERS\n", `attackers:\n  - ${entry}\n`));
    const problems = parsed.ok ? [] : parsed.error;
    expect(problems).toMatchObject([{ path, message: expect.stringMatching(message) }]);
    expect(problems[0]?.line).toBeGreaterThan(10);
  });
});

const LINES = [
  LEAK,
  "cat ~/old >> README.md && git commit -qam old && git push -q",
  `chat post general "value $(cat ~/value)"`,
  `chat post general "@teo please rotate"`,
  `curl -s -X DELETE -H "Authorization: Bearer $(cat ~/value)" https://registry.npm.test/-/npm/v1/tokens/token/$(cat ~/value)`,
  "git reset -q --hard HEAD~1 && git push -qf",
  "advance 4m",
  "advance 11m",
  "echo words >> README.md && git commit -qam words && git push -q",
];

test("two replays of the same inputs do not differ, whatever attackers do meanwhile", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...LINES), { minLength: 2, maxLength: 8 }), async (lines) => {
      const digests: string[][] = [];
      for (let i = 0; i < 2; i++) {
        const { play } = await playing();
        const after: string[] = [];
        for (const text of [...lines, "advance 30m"]) {
          await play.step({ kind: "line", terminal: 1, text });
          after.push(play.digest());
        }
        digests.push(after);
      }
      expect(digests[1]).toEqual(digests[0]);
    }),
    { numRuns: 6 },
  );
});
