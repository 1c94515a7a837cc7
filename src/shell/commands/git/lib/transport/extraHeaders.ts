/** Headers that configuration adds to requests: https://git-scm.com/docs/git-config#Documentation/git-config.txt-httpextraHeader */
import type { Config } from "../config.ts";

/** `http.extraHeader`, or those of the most exact `http.<url>.extraHeader` that fits. An empty value clears those before. */
export function extraHeaders(config: Config, url: string): (readonly [name: string, value: string])[] {
  let best = -1;
  let values: string[] = [];
  for (const { key, value } of config.entries) {
    const match = /^http\.(?:(.*)\.)?extraheader$/s.exec(key);
    const exactness = match ? fit(match[1], url) : -1;
    if (exactness < 0 || exactness < best) continue;
    if (exactness > best) values = [];
    best = exactness;
    values = value ? [...values, value] : [];
  }
  return values.flatMap((value) => {
    const colon = value.indexOf(":");
    return colon > 0 ? [[value.slice(0, colon).trim(), value.slice(colon + 1).trim()] as const] : [];
  });
}

/** How much of the URL a pattern names; less than 0 where it does not fit. */
function fit(pattern: string | undefined, url: string): number {
  if (pattern === undefined) return 0;
  const wanted = pattern.replace(/\/+$/, "").toLowerCase();
  const given = url.replace(/^(https?:\/\/)[^/@]*@/i, "$1").toLowerCase();
  return given === wanted || given.startsWith(`${wanted}/`) ? wanted.length : -1;
}
