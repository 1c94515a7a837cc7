/** Text on its way to a terminal. */

/**
 * Control characters in caret notation, as gh shows what comes from the forge: a title cannot move the cursor or
 * change colours. Tab and line ends stay.
 */
export function harmless(text: string): string {
  return text.replace(
    /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u0080-\u009f]/g,
    (letter) => `^${String.fromCharCode((letter.charCodeAt(0) & 0x1f) + 0x40)}`,
  );
}

/** The same for every text of a JSON value. */
export function harmlessJson(value: unknown): unknown {
  if (typeof value === "string") return harmless(value);
  if (Array.isArray(value)) return value.map(harmlessJson);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, it]) => [name, harmlessJson(it)]));
}

/** The same for JSON that stays text. */
export function harmlessJsonText(text: string): string {
  return harmless(text).replace(/(\\*)\\u00([0189][0-9a-f])/gi, (whole, before: string, hex: string) => {
    const letter = String.fromCharCode(Number.parseInt(hex, 16));
    if (before.length % 2 === 1 || /[\t\n\r]/.test(letter)) return whole;
    return before + harmless(letter).replaceAll("\\", "\\\\");
  });
}

/** Titles and names on one line. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

export function plural(count: number, noun: string): string {
  return count === 1 ? `${count} ${noun}` : `${count} ${noun}s`;
}

const UNITS = [
  ["minute", 60_000],
  ["hour", 3_600_000],
  ["day", 86_400_000],
  ["month", 30 * 86_400_000],
  ["year", 365 * 86_400_000],
] as const;

/** `about 3 hours ago`. */
export function ago(time: string | null | undefined, nowMs: number): string {
  if (!time) return "";
  const elapsed = nowMs - Date.parse(time);
  if (elapsed < 60_000) return "less than a minute ago";
  const [unit, length] = UNITS.findLast(([, ms]) => elapsed >= ms) ?? UNITS[0];
  return `about ${plural(Math.floor(elapsed / length), unit)} ago`;
}

/** `1m30s`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${h > 0 ? `${h}h` : ""}${h > 0 || m > 0 ? `${m}m` : ""}${s}s`;
}

/** Shell patterns of artifacts and assets: `*`, `?`, `[…]`. */
export function globbed(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|\\]/g, "\\$&")
    .replaceAll("*", "[^/]*")
    .replaceAll("?", "[^/]");
  try {
    return new RegExp(`^${source.replaceAll("[!", "[^")}$`, "u");
  } catch {
    return /^(?!)/;
  }
}

/** `1.50 KiB`. */
export function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const units = ["KiB", "MiB", "GiB"];
  const power = Math.min(3, Math.floor(Math.log2(bytes) / 10));
  return `${(bytes / 1024 ** power).toFixed(2)} ${units[power - 1]}`;
}
