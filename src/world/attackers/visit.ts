/** When an attacker comes by, what they look at, and how they go on with what they find: plain data for the queue. */
import type { Scheduled } from "../queue.ts";
import type { ServicePorts } from "../service.ts";
import { STEPS, type Step } from "./use.ts";

/** What can be watched; each is a part of what everybody can read. `loot`: what was sent to their own servers. */
export const WATCHED = [
  "pushes",
  "logs",
  "artifacts",
  "packages",
  "releases",
  "text",
  "chat",
  "loot",
] as const;
export type Watched = (typeof WATCHED)[number];

/** Steps after the first use, each so many ms after it, in the normal setting. Those that are missing are not taken. */
export type Chain = Readonly<Partial<Record<Exclude<Step, "validate">, number>>>;

const SECOND_MS = 1000;

/** Published measurements, rounded. */
export const USUAL: Chain = {
  enumerate: 30 * SECOND_MS,
  read: 120 * SECOND_MS,
  persist: 180 * SECOND_MS,
  "second-hand": 600 * SECOND_MS,
};

/** How somebody goes on with a credential. */
export interface Habit {
  readonly who: string;
  /** How much longer the steps take: gentle 4, normal 1, fast 0.3. */
  readonly factor: number;
  readonly chain: Chain;
  /** Their address; null for the usual one. */
  readonly from: string | null;
  /** Which entry of the lab's attackers it is; -1 for none. */
  readonly entry: number;
}

export interface Visit extends Habit {
  readonly watch: readonly Watched[];
  /** Only what belongs to this one thing, for example "run 12"; null for everything. */
  readonly subject: string | null;
  /** Credentials that they hold already, however they came by them. */
  readonly holds: readonly string[];
  /** Again after each such span, which is not scaled here; 0 for never. */
  readonly everyMs: number;
}

export const VISIT = "attacker/visit";
export const STEP = "attacker/step";

export const habitOf = (who: string, factor = 1): Habit => ({
  who,
  factor,
  chain: USUAL,
  from: null,
  entry: -1,
});

export const visitOf = (who: string, factor = 1): Visit => ({
  ...habitOf(who, factor),
  watch: WATCHED,
  subject: null,
  holds: [],
  everyMs: 0,
});

export function scheduleVisit(
  { schedule }: Pick<ServicePorts, "schedule">,
  atMs: number,
  visit: Visit,
): void {
  const { watch, subject, holds, everyMs } = visit;
  schedule(atMs, VISIT, {
    ...habitPayload(visit),
    watch: watch.join(" "),
    subject: subject ?? "",
    holds: holds.join(" "),
    everyMs,
  });
}

export function readVisit({ payload }: Pick<Scheduled, "payload">): Visit {
  return {
    ...readHabit({ payload }),
    watch: WATCHED.filter((name) => words(payload["watch"]).includes(name)),
    subject: String(payload["subject"] ?? "") || null,
    holds: words(payload["holds"]),
    everyMs: Number(payload["everyMs"] ?? 0),
  };
}

export function habitPayload({ who, factor, chain, from, entry }: Habit): Scheduled["payload"] {
  const steps = STEPS.flatMap((step) =>
    step !== "validate" && chain[step] !== undefined ? [`${step}=${chain[step]}`] : [],
  );
  return { who, factor, chain: steps.join(" "), from: from ?? "", entry };
}

export function readHabit({ payload }: Pick<Scheduled, "payload">): Habit {
  const steps = words(payload["chain"]).map((pair) => pair.split("=") as [string, string]);
  return {
    who: String(payload["who"]),
    factor: Number(payload["factor"]),
    chain: Object.fromEntries(steps.map(([step, ms]) => [step, Number(ms)])) as Chain,
    from: String(payload["from"] ?? "") || null,
    entry: Number(payload["entry"] ?? -1),
  };
}

function words(value: unknown): string[] {
  return typeof value === "string" && value !== "" ? value.split(" ") : [];
}
