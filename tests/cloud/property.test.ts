/** No sequence of requests makes a key work that is off or gone; the same sequence ends in the same world. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { toHex } from "../../src/base/bytes.ts";
import { accessKeyIdOf } from "../../src/world/services/cloud/authenticate.ts";
import { awsPolicyNamed } from "../../src/world/services/cloud/iam/awsPolicies.ts";
import { createKey, EFFECT_MS } from "../../src/world/services/cloud/keys.ts";
import { sign } from "../../src/world/services/cloud/signature.ts";
import { addUser, attachToUser } from "../../src/world/services/cloud/users.ts";
import type { World } from "../../src/world/world.ts";
import { cloudWorld } from "./setting.ts";

type Step =
  | { readonly does: "create" }
  | { readonly does: "Active" | "Inactive" | "delete" | "use"; readonly key: number }
  | { readonly does: "wait"; readonly ms: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.constant({ does: "create" as const }),
  fc.record({
    does: fc.constantFrom("Active", "Inactive", "delete", "use"),
    key: fc.nat(3),
  }) as fc.Arbitrary<Step>,
  fc.record({ does: fc.constant("wait" as const), ms: fc.constantFrom(1, 5_000, EFFECT_MS, 60_000) }),
);

/** What is known of a key without looking at the world. */
interface Expected {
  readonly id: string;
  readonly secret: string;
  deleted: boolean;
  /** What was last asked for, and when. */
  wanted: "Active" | "Inactive";
  since: number;
}

class Player {
  readonly world: World = cloudWorld();
  readonly keys: Expected[] = [];
  readonly #admin: { readonly accessKeyId: string; readonly secretAccessKey: string };

  constructor() {
    const ports = this.world.ports("cloud");
    addUser(ports, "mina");
    addUser(ports, "bot");
    attachToUser(ports, "mina", awsPolicyNamed("AdministratorAccess") ?? "");
    const { key, credential } = createKey(ports, "mina");
    this.#admin = { accessKeyId: key.accessKeyId, secretAccessKey: credential.value };
  }

  async ask(fields: Record<string, string>, key = this.#admin, service: "iam" | "sts" = "iam") {
    const url = `https://${service}.amazonaws.test/`;
    const body = new URLSearchParams({ Version: "2010-05-08", ...fields }).toString();
    const headers = sign(
      { method: "POST", url, body },
      key,
      { region: "us-east-1", service },
      this.world.clock.now(),
    );
    const request = new Request(url, { method: "POST", headers, body });
    const answer = await this.world.network.fetch(request, { address: "203.0.113.5", session: null });
    return { ok: answer.ok, text: await answer.text() };
  }

  async play(it: Step): Promise<void> {
    if (it.does === "wait") return this.world.advance(it.ms);
    if (it.does === "create") return this.#create();
    const key = this.keys[it.key];
    if (!key) return;
    if (it.does === "use") return this.#use(key);
    const named = { UserName: "bot", AccessKeyId: key.id };
    const { ok } = await this.ask(
      it.does === "delete"
        ? { Action: "DeleteAccessKey", ...named }
        : { Action: "UpdateAccessKey", Status: it.does, ...named },
    );
    expect(ok).toBe(!key.deleted);
    if (key.deleted) return;
    if (it.does === "delete") key.deleted = true;
    else if (it.does !== key.wanted) Object.assign(key, { wanted: it.does, since: this.world.clock.now() });
  }

  async #create(): Promise<void> {
    const left = this.keys.filter(({ deleted }) => !deleted).length;
    const { ok, text } = await this.ask({ Action: "CreateAccessKey", UserName: "bot" });
    expect(ok, text).toBe(left < 2);
    if (!ok) return;
    const part = (name: string) => new RegExp(`<${name}>([^<]+)<`).exec(text)?.[1] ?? "";
    const fresh = { deleted: false, wanted: "Active" as const, since: Number.NEGATIVE_INFINITY };
    this.keys.push({ id: part("AccessKeyId"), secret: part("SecretAccessKey"), ...fresh });
  }

  /** In between, either is right; before and after, only one. */
  async #use({ id, secret, deleted, wanted, since }: Expected): Promise<void> {
    const signing = { accessKeyId: id, secretAccessKey: secret };
    const { ok } = await this.ask({ Action: "GetCallerIdentity", Version: "2011-06-15" }, signing, "sts");
    const settled = this.world.clock.now() >= since + EFFECT_MS;
    if (deleted) expect(ok).toBe(false);
    else if (settled) expect(ok).toBe(wanted === "Active");
  }
}

async function played(steps: readonly Step[]): Promise<World> {
  const player = new Player();
  for (const it of steps) await player.play(it);
  return player.world;
}

test("a key that is off or gone opens nothing", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const world = await played(steps);
      for (const credential of world.credentials.all()) {
        const off = world.credentials.history(credential.id).findLast(({ status }) => status === "deleted");
        const late = credential.uses.filter(
          ({ atMs, result }) => off && atMs > off.atMs && result === "allowed",
        );
        expect(late, accessKeyIdOf(credential)).toEqual([]);
      }
    }),
    { numRuns: 60 },
  );
});

test("the same steps end in the same world", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 15 }), async (steps) => {
      const [one, other] = [await played(steps), await played(steps)];
      expect(other.digest()).toBe(one.digest());
    }),
    { numRuns: 10 },
  );
});

test("no bytes make it fail, and none are let in", async () => {
  const hosts = ["iam", "sts", "cloudtrail"] as const;
  const headers = fc.dictionary(
    fc.constantFrom("authorization", "x-amz-date", "x-amz-target", "x-amz-security-token"),
    fc.string({ unit: "grapheme-ascii", maxLength: 80 }),
  );
  const { world } = new Player();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...hosts),
      headers,
      fc.uint8Array({ maxLength: 200 }),
      async (host, given, bytes) => {
        const request = new Request(
          `https://${host}.amazonaws.test/?X-Amz-Signature=${toHex(bytes.slice(0, 4))}`,
          {
            method: "POST",
            headers: given,
            body: new Uint8Array(bytes),
          },
        );
        const answer = await world.network.fetch(request, { address: "203.0.113.5", session: null });
        expect(answer.status).toBeGreaterThanOrEqual(400);
        expect(answer.status).toBeLessThan(500);
        expect(await answer.text()).not.toBe("");
      },
    ),
    { numRuns: 200 },
  );
});
