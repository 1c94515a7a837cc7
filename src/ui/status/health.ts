/** How a service of the company fares, from what its status page says: one figure, one line over time, words. */
import type { Text } from "../text/text.ts";

export const STATUS = "https://status.lantern-tides.test";

/** One service at `/api`. The last five are there where somebody asks it for something all the time. */
export interface ServiceJson {
  readonly service: string;
  readonly healthy: boolean;
  readonly version: string;
  readonly versions?: readonly string[];
  readonly deployed_at: string;
  readonly requests_per_second?: number;
  readonly requests_total?: number;
  readonly failed_total?: number;
  readonly failing_since?: string | null;
  readonly reason?: string | null;
}

/** One entry of `/api/SERVICE/history`. */
export interface MinuteJson {
  readonly minute: string;
  readonly requests: number;
  readonly failed: number;
}

/** One entry of `/api/SERVICE/outages`. */
export interface OutageJson {
  readonly from: string;
  /** Null: it lasts. */
  readonly to: string | null;
  readonly requests: number;
  readonly failed: number;
  readonly reason: string;
}

export interface HealthPoint {
  readonly atMs: number;
  /** Between 0 and 1; 1 where nobody asked in that minute. */
  readonly served: number;
}

export interface Health {
  readonly name: string;
  readonly version: string;
  /** Several where a deploy has not reached every copy. */
  readonly versions: readonly string[];
  /** Requests in a second; 0 where nobody asks. */
  readonly load: number;
  readonly state: "up" | "failing" | "down";
  /** Part of the requests since the lab began that was answered; null where nobody asks. */
  readonly served: number | null;
  readonly requests: number;
  readonly failed: number;
  /** When requests first failed, and since when they fail now; ISO 8601. */
  readonly firstFailed: string | null;
  readonly failingSince: string | null;
  readonly reason: string | null;
  /** Oldest first. */
  readonly points: readonly HealthPoint[];
  readonly outages: readonly OutageJson[];
}

export function healthUrl(service: string, part: "outages"): string;
export function healthUrl(service: string, part: "history", minutes: number): string;
export function healthUrl(service: string, part: string, minutes?: number): string {
  return `${STATUS}/api/${encodeURIComponent(service)}/${part}${minutes === undefined ? "" : `?minutes=${minutes}`}`;
}

/** The status page tells at most a day. */
const DAY_MINUTES = 24 * 60;

/** How many minutes of history there are since the lab began. */
export function minutesSince(startMs: number, nowMs: number): number {
  return Math.min(DAY_MINUTES, Math.max(1, Math.ceil((nowMs - startMs) / 60_000) + 1));
}

/** What happened before the lab began is not the learner's and does not count. */
export function healthOf(
  status: ServiceJson,
  minutes: readonly MinuteJson[],
  outages: readonly OutageJson[],
  startMs: number,
): Health {
  const since = minutes.filter(({ minute }) => Date.parse(minute) + 60_000 > startMs);
  const own = outages.filter(({ to }) => to === null || Date.parse(to) > startMs);
  const requests = since.reduce((sum, it) => sum + it.requests, 0);
  const failed = since.reduce((sum, it) => sum + it.failed, 0);
  const load = status.requests_per_second ?? 0;
  const last = own.at(-1);
  const current = last && last.to === null ? last : null;
  return {
    name: status.service,
    version: status.version,
    versions: status.versions ?? [status.version],
    load,
    state: stateOf(status, current),
    served: load === 0 ? null : requests === 0 ? 1 : (requests - failed) / requests,
    requests,
    failed,
    firstFailed: own[0]?.from ?? null,
    failingSince: current?.from ?? status.failing_since ?? null,
    reason: current?.reason ?? status.reason ?? null,
    points: since.map((it) => ({
      atMs: Date.parse(it.minute),
      served: it.requests === 0 ? 1 : (it.requests - it.failed) / it.requests,
    })),
    outages: own,
  };
}

/** Down: nobody is answered. Failing: some are. */
function stateOf({ healthy }: ServiceJson, current: OutageJson | null): Health["state"] {
  if (current === null) return healthy ? "up" : "down";
  return current.failed >= current.requests ? "down" : "failing";
}

/** "100", "99.9", "91": never a hundred where a request failed, never none where one was answered. */
export function percent(part: number): string {
  if (part >= 1) return "100";
  const whole = part * 100;
  if (whole > 99) return String(Math.min(99.99, Math.floor(whole * 100) / 100));
  return whole > 0 && whole < 1 ? "1" : String(Math.floor(whole));
}

/** "91 % served, since T+8:15". `time` writes a moment as the clock does. */
export function healthWords(t: Text, health: Health, time: (iso: string) => string): string {
  const { state, served, failed, failingSince, firstFailed } = health;
  if (served === null) return state === "up" ? t("works") : t("does not work");
  if (state === "down") return t.many(failed, "down, {n} request failed", "down, {n} requests failed");
  const share = percent(served);
  const since = failingSince ?? firstFailed;
  if (since === null) return t("{share} % served", { share });
  return state === "failing"
    ? t("{share} % served, since {time}", { share, time: time(since) })
    : t("{share} % served, failed first at {time}", { share, time: time(since) });
}

/** A line from left to right and, below it, stretches in which nobody was answered: for a drawing of this size. */
export interface Sparkline {
  readonly line: string;
  readonly floors: readonly { readonly from: number; readonly to: number }[];
}

export function sparkline({ points, state }: Health, width: number, height: number): Sparkline {
  const known = points.length > 0 ? points : [{ atMs: 0, served: state === "up" ? 1 : 0 }];
  const step = width / known.length;
  const y = (served: number) => 1.5 + (1 - served) * (height - 4);
  const parts: string[] = [];
  const floors: { from: number; to: number }[] = [];
  for (const [i, { served }] of known.entries()) {
    const [from, to] = [i * step, (i + 1) * step];
    parts.push(`${i === 0 ? "M" : "L"}${round(from)} ${round(y(served))}L${round(to)} ${round(y(served))}`);
    if (served > 0) continue;
    const before = floors.at(-1);
    if (before && before.to === round(from)) before.to = round(to);
    else floors.push({ from: round(from), to: round(to) });
  }
  return { line: parts.join(""), floors };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
