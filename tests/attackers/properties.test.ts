/**
 * Whatever happens in whatever order: a credential that was ended never works again, an attacker never acts without one
 * that works at that moment, and the same acts lead to the same world, in a fork and after a restore too.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressesOf } from "../../src/world/attackers/addresses.ts";
import { scheduleVisit, visitOf } from "../../src/world/attackers/visit.ts";
import { World } from "../../src/world/world.ts";
import { END, present, type EndWay } from "./acts.ts";
import { IDS, leak, LEAKS, MINUTE, PORTS, smallWorld } from "./setting.ts";

type Act =
  | { readonly act: "advance"; readonly ms: number }
  | { readonly act: "leak"; readonly id: string; readonly where: (typeof LEAKS)[number] }
  | { readonly act: "end"; readonly id: string; readonly way: EndWay }
  | { readonly act: "present"; readonly id: string }
  | { readonly act: "visit"; readonly who: string; readonly factor: number; readonly everyMs: number }
  | { readonly act: "bring"; readonly who: string; readonly id: string };

const id = fc.constantFrom(...IDS);
const who = fc.constantFrom("magpie", "cuckoo", "starling");
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constant("advance" as const),
      ms: fc.integer({ min: 0, max: 3 * MINUTE }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ act: fc.constant("leak" as const), id, where: fc.constantFrom(...LEAKS) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constant("end" as const),
      id,
      way: fc.constantFrom("ends" as const, "ends" as const, "off" as const, "on" as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("present" as const), id }) },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant("visit" as const),
      who,
      factor: fc.constantFrom(0.3, 1, 4),
      everyMs: fc.constantFrom(0, 2 * MINUTE),
    }),
  },
  { weight: 3, arbitrary: fc.record({ act: fc.constant("bring" as const), who, id }) },
);
const acts = fc.array(act, { minLength: 4, maxLength: 20 });

/** After the last act: long enough for every step that is scheduled. */
const AFTER_MS = 45 * MINUTE;

/** Plays acts one after the other; `between` may put another world in the place of the one that is played. */
async function play(
  sequence: readonly Act[],
  between: (world: World) => World = (world) => world,
): Promise<World> {
  let world = smallWorld();
  for (const [number, one] of sequence.entries()) {
    await apply(world, one, number);
    world = between(world);
  }
  await world.advance(AFTER_MS);
  return world;
}

async function apply(world: World, one: Act, number: number): Promise<void> {
  const attackers = world.ports("attackers");
  switch (one.act) {
    case "advance":
      return world.advance(one.ms);
    case "leak":
      return leak(world, one.id, one.where, number + 1);
    case "end":
      return END[one.way](world, one.id);
    case "present":
      await present(world, one.id);
      return;
    case "visit":
      return scheduleVisit(attackers, world.clock.now(), {
        ...visitOf(one.who, one.factor),
        everyMs: one.everyMs,
      });
    case "bring":
      return scheduleVisit(attackers, world.clock.now(), { ...visitOf(one.who), watch: [], holds: [one.id] });
  }
}

/** Whether a credential was active at a time; of what became so or ceased at that very moment, either counts. */
function wasActive(world: World, credential: string, atMs: number): boolean {
  const record = world.credentials.get(credential);
  if (!record || record.createdAtMs > atMs) return false;
  if (record.expiresAtMs !== null && record.expiresAtMs <= atMs) return false;
  const changes = world.credentials.history(credential).filter(({ status }) => status !== "expired");
  const before = changes.findLast((change) => change.atMs < atMs)?.status ?? "active";
  return before === "active" || changes.some((change) => change.atMs === atMs && change.status === "active");
}

const ATTACKERS = ["magpie", "cuckoo", "starling"].flatMap(addressesOf);
const FINAL = ["revoked", "deleted"];

describe("for every sequence of acts", () => {
  test("an attacker acts only with a credential that is active at that moment", async () => {
    let acted = 0;
    await fc.assert(
      fc.asyncProperty(acts, async (sequence) => {
        const world = await play(sequence);
        for (const { id: credential, uses } of world.credentials.all())
          for (const { atMs, address, result, action } of uses) {
            if (result !== "allowed" || !ATTACKERS.includes(address)) continue;
            acted += 1;
            expect([credential, action, atMs, wasActive(world, credential, atMs)]).toEqual([
              credential,
              action,
              atMs,
              true,
            ]);
          }
        for (const { credentialId, atMs, address, result, action } of world.audit.all()) {
          if (result !== "allowed" || !ATTACKERS.includes(address)) continue;
          // Whoever asks without any credential is nobody: they are let in where everybody is.
          if (credentialId === null) continue;
          expect([action, credentialId, wasActive(world, credentialId, atMs)]).toEqual([
            action,
            credentialId,
            true,
          ]);
        }
        for (const { kind, data, atMs } of world.events)
          if (/^attacker\.(?:enumerate|read|persist|second-hand)$/.test(kind))
            expect([kind, wasActive(world, String(data["credential"]), atMs)]).toEqual([kind, true]);
      }),
      { numRuns: 40 },
    );
    expect(acted).toBeGreaterThan(100);
  });

  test("what was ended never works again, for nobody", async () => {
    let ended = 0;
    await fc.assert(
      fc.asyncProperty(acts, acts, async (before, after) => {
        const world = await play(before);
        const gone = world.credentials.all().filter(({ status }) => FINAL.includes(status));
        ended += gone.length;
        const uses = new Map(gone.map((it) => [it.id, allowed(world, it.id)]));
        for (const [number, one] of after.entries()) await apply(world, one, 100 + number);
        await world.advance(AFTER_MS);
        for (const { id: credential } of gone) {
          expect([credential, await present(world, credential)]).toEqual([credential, null]);
          expect([credential, allowed(world, credential)]).toEqual([credential, uses.get(credential)]);
          expect(FINAL).toContain(world.credentials.get(credential)?.status);
        }
      }),
      { numRuns: 40 },
    );
    expect(ended).toBeGreaterThan(10);
  });

  test("playing them again leads to the same world, also through forks and restores", async () => {
    await fc.assert(
      fc.asyncProperty(acts, async (sequence) => {
        const once = (await play(sequence)).digest();
        expect((await play(sequence)).digest()).toBe(once);
        expect((await play(sequence, (world) => world.fork())).digest()).toBe(once);
        const stored = (world: World) => World.restore(structuredClone(world.snapshot()), PORTS);
        expect((await play(sequence, stored)).digest()).toBe(once);
      }),
      { numRuns: 12 },
    );
  });

  test("a fork that lives on changes nothing in the world that it came from", async () => {
    await fc.assert(
      fc.asyncProperty(acts, acts, async (sequence, other) => {
        const world = await play(sequence);
        const before = world.digest();
        const fork = world.fork();
        for (const [number, one] of other.entries()) await apply(fork, one, 200 + number);
        await fork.advance(AFTER_MS);
        expect(world.digest()).toBe(before);
      }),
      { numRuns: 10 },
    );
  });
});

function allowed(world: World, credential: string): number {
  return (world.credentials.get(credential)?.uses ?? []).filter(({ result }) => result === "allowed").length;
}
