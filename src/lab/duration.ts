/** Spans of virtual time as authors write them: "90s", "6m", "2h", "1d", "1h30m". */

export const DURATION = /^(?:\d+[smhd])+$/;

const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** In ms. The text matches DURATION. */
export function durationMs(text: string): number {
  const parts = text.match(/\d+[smhd]/g) ?? [];
  return parts.reduce(
    (sum, part) => sum + Number.parseInt(part, 10) * (UNIT_MS[part.slice(-1)] as number),
    0,
  );
}
