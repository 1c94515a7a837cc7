/** Remotes as the configuration describes them: https://git-scm.com/docs/git-fetch#_remotes */
import type { GitCall } from "../../call.ts";
import type { Config } from "../config.ts";
import type { Head } from "../refs.ts";
import { Stop } from "../transcript.ts";
import { NO_ACCESS, type Connection, type Service } from "./connection.ts";
import { connectHttp } from "./http.ts";
import { connectLocal } from "./local.ts";
import { parseRefspec, type Refspec } from "./refspec.ts";

export interface Remote {
  /** As it was asked for: a configured name, or a URL. */
  readonly name: string;
  readonly configured: boolean;
  readonly urls: readonly string[];
  readonly pushUrls: readonly string[];
  readonly fetch: readonly Refspec[];
  readonly push: readonly Refspec[];
  readonly mirror: boolean;
}

/** Names in the order of the configuration file. */
export function remoteNames(config: Config): string[] {
  const names = config.entries
    .map((entry) => /^remote\.(.+)\.[^.]+$/.exec(entry.key)?.[1])
    .filter((name) => name !== undefined);
  return [...new Set(names)];
}

export function remoteOf(config: Config, name: string): Remote {
  const configured = config.entries.some((entry) => entry.key.startsWith(`remote.${name}.`));
  const specs = (key: string) =>
    config
      .all(`remote.${name}.${key}`)
      .map(parseRefspec)
      .filter((spec) => spec !== null);
  const given = config.all(`remote.${name}.url`);
  const urls = (given.length > 0 ? given : [name]).map((url) => rewritten(config, url));
  const pushUrls = config.all(`remote.${name}.pushurl`).map((url) => rewritten(config, url));
  return {
    name,
    configured,
    urls,
    pushUrls: pushUrls.length > 0 ? pushUrls : urls,
    fetch: specs("fetch"),
    push: specs("push"),
    mirror: config.bool(`remote.${name}.mirror`) ?? false,
  };
}

/** `url.<base>.insteadOf`: the longest match wins. */
function rewritten(config: Config, url: string): string {
  let best: { base: string; prefix: string } | null = null;
  for (const entry of config.entries) {
    const base =
      entry.key.startsWith("url.") && entry.key.endsWith(".insteadof")
        ? entry.key.slice(4, -".insteadof".length)
        : null;
    const prefix = entry.value ?? "";
    if (base !== null && url.startsWith(prefix) && prefix.length > (best?.prefix.length ?? 0))
      best = { base, prefix };
  }
  return best ? best.base + url.slice(best.prefix.length) : url;
}

/** The remote that a command without an argument means: the branch's own, the only one, else `origin`. */
export function defaultRemote(config: Config, head: Head | null, forPush = false): string {
  const branch = head?.branch?.replace(/^refs\/heads\//, "") ?? null;
  const own = branch === null ? undefined : config.get(`branch.${branch}.remote`);
  if (forPush) {
    const chosen =
      (branch === null ? undefined : config.get(`branch.${branch}.pushremote`)) ??
      config.get("remote.pushdefault");
    if (chosen !== undefined) return chosen;
  }
  if (own !== undefined) return own;
  const names = remoteNames(config);
  return names.length === 1 ? (names[0] as string) : "origin";
}

/** Where the remote-tracking branch of a remote's ref is; null where nothing follows it. */
export function trackingRef(
  remote: Remote,
  name: string,
  map: (spec: Refspec, name: string) => string | null,
): string | null {
  for (const spec of remote.fetch) {
    const target = map(spec, name);
    if (target) return target;
  }
  return null;
}

/** Stops with git's own message where the URL leads nowhere. */
export async function connect(call: GitCall, url: string, service: Service): Promise<Connection> {
  if (/^https?:\/\//.test(url)) return connectHttp(call, url, service);
  if (url.startsWith("file://")) return connectLocal(call, url);
  const ssh = /^ssh:\/\/(?:[^@/]*@)?([^/:]+)/.exec(url) ?? /^(?:[^@/]+@)?([^/:]{2,}):(?!\/\/)/.exec(url);
  if (ssh)
    throw new Stop(
      `ssh: not simulated in LeakLab (use the https:// address of ${ssh[1]})\n${NO_ACCESS}`,
      128,
    );
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//.exec(url)?.[1];
  if (scheme) throw new Stop(`git: 'remote-${scheme}' is not a git command. See 'git --help'.\n`, 128);
  return connectLocal(call, url);
}

/** What people see of a URL: without a password, as git's transport_anonymize_url. */
export function shownUrl(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/, "$1");
}
