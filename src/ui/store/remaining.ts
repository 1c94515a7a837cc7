/** How long something of the store still works, and ids that are too long for a table. */
import type { Text } from "../text/text.ts";

/** "31 d 23 h", "23 h 59 min", "4 min 15 s"; the two largest parts. */
export function remaining(t: Text, expires: string | null, nowMs: number): string {
  if (expires === null) return t("for ever");
  const seconds = Math.max(0, Math.floor((Date.parse(expires) - nowMs) / 1000));
  if (seconds === 0) return t("ended");
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(seconds / 86_400), t("d")],
    [Math.floor(seconds / 3600) % 24, t("h")],
    [Math.floor(seconds / 60) % 60, t("min")],
    [seconds % 60, t("s")],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(" ");
}

/** Its beginning tells accessors apart. */
export function shortId(id: string): string {
  return id.length > 10 ? `${id.slice(0, 8)}…` : id;
}
