/**
 * The four steps of rotate-without-outage in every order: how many requests fail, and the sentence that says so. Steps
 * are two minutes apart; a key that is turned off works for ten more seconds, and a deployment takes two.
 */
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { detectSecrets } from "../../src/attempt/detect.ts";
import { Play, type PlayOptions } from "../../src/attempt/play.ts";
import { readLab } from "../../src/cli/labFolder.ts";
import { countsOf } from "../../src/world/services/consumers/metrics.ts";

const APART_MS = 120_000;
const STEPS: Readonly<Record<string, string>> = {
  create: `aws iam create-access-key --user-name tides-api > ~/new.json; jq -r .AccessKey.SecretAccessKey ~/new.json | gh secret set AWS_SECRET_ACCESS_KEY --env production; jq -r .AccessKey.AccessKeyId ~/new.json | gh secret set AWS_ACCESS_KEY_ID --env production; rm ~/new.json`,
  deploy: "gh workflow run deploy.yml",
  disable: 'aws iam update-access-key --user-name tides-api --access-key-id "$old" --status Inactive',
  delete: 'aws iam delete-access-key --user-name tides-api --access-key-id "$old"',
};
const OLD =
  "old=$(aws iam list-access-keys --user-name tides-api --query 'AccessKeyMetadata[0].AccessKeyId' --output text)";

/** Seconds from the first step: when requests begin to fail, and when they no longer do (480: the end). */
const ORDERS: readonly (readonly [steps: string, from: number, to: number, diagnosis: string | null])[] = [
  ["create deploy disable delete", 0, 0, null],
  ["create deploy delete disable", 0, 0, null],
  ["create disable deploy delete", 130, 242, "W2"],
  ["create disable delete deploy", 130, 362, "W2"],
  ["create delete deploy disable", 120, 242, "W1"],
  ["create delete disable deploy", 120, 362, "W1"],
  ["deploy create disable delete", 250, 480, "W2"],
  ["deploy create delete disable", 240, 480, "W1"],
  ["deploy disable create delete", 130, 480, "W2"],
  ["deploy disable delete create", 130, 480, "W2"],
  ["deploy delete create disable", 120, 480, "W1"],
  ["deploy delete disable create", 120, 480, "W1"],
  ["disable create deploy delete", 10, 242, "W2"],
  ["disable create delete deploy", 10, 362, "W2"],
  ["disable deploy create delete", 10, 480, "W2"],
  ["disable deploy delete create", 10, 480, "W2"],
  ["disable delete create deploy", 10, 362, "W2"],
  ["disable delete deploy create", 10, 480, "W2"],
  ["delete create deploy disable", 0, 242, "W1"],
  ["delete create disable deploy", 0, 362, "W1"],
  ["delete deploy create disable", 0, 480, "W1"],
  ["delete deploy disable create", 0, 480, "W1"],
  ["delete disable create deploy", 0, 362, "W1"],
  ["delete disable deploy create", 0, 480, "W1"],
];

let options: PlayOptions;
let begun: Play;

beforeAll(async () => {
  const lab = readLab(join(import.meta.dirname, "../../labs/rotate-without-outage"));
  if (!lab.ok) throw new Error(JSON.stringify(lab.error));
  const { bundle } = lab.value;
  options = {
    bundle,
    header: {
      ...{ format: "leaklab-attempt/1", lab: bundle.manifest.id, labVersion: bundle.manifest.version },
      ...{ labDigest: "0".repeat(64), core: "test", seed: 4, setting: "normal" },
    },
    detect: detectSecrets,
    enter: (_world, run) => run(),
  };
  begun = await Play.begin(options);
  await begun.step({ kind: "line", terminal: 1, text: OLD });
  // A state is kept where something came after it.
  await begun.step({ kind: "advance", seconds: 1 });
}, 60_000);

test("every order is there", () => {
  const orders = ORDERS.map(([steps]) => steps);
  expect(new Set(orders).size).toBe(24);
  for (const order of orders) expect(order.split(" ").toSorted()).toEqual(Object.keys(STEPS).toSorted());
});

test.each(ORDERS)("%s: from %i to %i s, %s", async (steps, from, to, diagnosis) => {
  const play = begun.branch(options, 1);
  for (const step of steps.split(" ")) {
    const nextMs = play.world.clock.now() + APART_MS;
    await play.step({ kind: "line", terminal: 1, text: STEPS[step] as string });
    await play.step({ kind: "advance", seconds: (nextMs - play.world.clock.now()) / 1000 });
  }
  const failed = (to - from) * 6;
  expect(countsOf(play.world.ports("test"), "tides-api").failed).toBe(failed);
  const { diagnoses } = await play.grade();
  const told = diagnoses.filter(({ check }) => check === "answered");
  expect(told.map(({ id }) => id)).toEqual(diagnosis === null ? [] : [diagnosis]);
  if (diagnosis !== null) expect(told[0]?.message).toContain(` ${failed} requests failed`);
});
