/** Settings that may be for one URL only: `http.<url>.*`, `credential.<url>.*`. https://git-scm.com/docs/git-config#Documentation/git-config.txt-httplturlgt */
import type { Config } from "../config.ts";

/**
 * Values of a setting for a URL in their order. One for a more exact URL shuts out less exact ones that come later;
 * what came before stays, since these settings are lists.
 */
export function configFor(config: Config, section: string, url: string, name: string): string[] {
  let best = -1;
  const values: string[] = [];
  for (const { key, value } of config.entries) {
    if (!key.startsWith(`${section}.`) || !key.endsWith(`.${name}`)) continue;
    const pattern = key.slice(section.length + 1, -name.length - 1);
    const score = key === `${section}.${name}` ? 0 : urlScore(pattern, url);
    if (score === null || score < best) continue;
    best = score;
    values.push(value ?? "true");
  }
  return values;
}

interface Parts {
  readonly protocol: string;
  readonly user: string | null;
  readonly host: string;
  readonly path: string;
}

function partsOf(url: string): Parts | null {
  const match = /^([a-z][a-z0-9+.-]*):\/\/(?:([^/@]*)@)?([^/]*)([^]*)$/i.exec(url);
  if (!match) return null;
  const [, protocol, user, host, path] = match as unknown as [string, string, string?, string?, string?];
  const defaultPort = protocol.toLowerCase() === "https" ? /:443$/ : /:80$/;
  return {
    protocol: protocol.toLowerCase(),
    user: user?.split(":")[0] ?? null,
    host: (host ?? "").toLowerCase().replace(defaultPort, ""),
    path: (path ?? "").replace(/\/+$/, ""),
  };
}

/** How exactly a pattern names a URL; null where it does not. Host before path before user. */
export function urlScore(pattern: string, url: string): number | null {
  const [wanted, given] = [partsOf(pattern), partsOf(url)];
  if (!wanted || !given || wanted.protocol !== given.protocol) return null;
  if (!hostMatches(wanted.host, given.host)) return null;
  const within = given.path === wanted.path || given.path.startsWith(`${wanted.path}/`);
  if (!within || (wanted.user !== null && wanted.user !== given.user)) return null;
  const exactHost = wanted.host.includes("*") ? 1 : 2;
  return exactHost * 1_000_000 + wanted.path.length * 2 + (wanted.user === null ? 0 : 1);
}

/** A `*` stands for one whole label. */
function hostMatches(pattern: string, host: string): boolean {
  const [wanted, given] = [pattern.split("."), host.split(".")];
  return wanted.length === given.length && wanted.every((label, i) => label === "*" || label === given[i]);
}
