/** Which repository a command is about: `-R`, GH_REPO, or the remotes of the folder. */
import { HOST } from "./client.ts";
import { GhStop } from "./stop.ts";

export interface RepoName {
  readonly owner: string;
  readonly name: string;
}

const NAME = /^[\w.-]+$/;

export function fullName({ owner, name }: RepoName): string {
  return `${owner}/${name}`;
}

/** Below the API's root. */
export function repoPath({ owner, name }: RepoName): string {
  return `repos/${owner}/${name}`;
}

/** `OWNER/REPO`, `HOST/OWNER/REPO` or an address; a bare name is `owner`'s where one is told. */
export function parseRepo(text: string, owner: string | null = null): RepoName {
  const fromUrl = repoOfUrl(text);
  if (fromUrl) return fromUrl;
  if (/^(?:https?|ssh|git):\/\/|^git@/.test(text)) throw noHost();
  const parts = text.split("/");
  const [host, first, name] = parts.length === 3 ? parts : [HOST, ...parts];
  if (parts.length === 1 && owner !== null && NAME.test(text))
    return { owner, name: text.replace(/\.git$/, "") };
  if (parts.length < 2 || parts.length > 3 || !NAME.test(first ?? "") || !NAME.test(name ?? ""))
    throw new GhStop(`expected the "[HOST/]OWNER/REPO" format, got ${JSON.stringify(text)}`);
  if (host !== HOST) throw noHost();
  return { owner: first as string, name: (name as string).replace(/\.git$/, "") };
}

/** Null where the address is none of a repository of the forge. */
export function repoOfUrl(url: string): RepoName | null {
  const [, host, owner, name] =
    /^(?:https?:\/\/(?:[^@/]*@)?|ssh:\/\/(?:git@)?|git@)([^/:]+)(?::\d+(?=\/))?[/:]([\w.-]+)\/([\w.-]+?)(?:\.git)?(?:\/.*)?$/.exec(
      url,
    ) ?? [];
  if (host !== HOST || owner === undefined || name === undefined) return null;
  return { owner, name };
}

export interface Remote {
  readonly name: string;
  readonly repo: RepoName;
}

const PREFERRED = ["upstream", "github", "origin"];

/** Remotes of the forge out of `git remote -v`, the most likely first. */
export function forgeRemotes(listing: string): Remote[] {
  const seen = new Map<string, Remote>();
  for (const line of listing.split("\n")) {
    const [, name, url] = /^(\S+)\t(\S+) \(fetch\)$/.exec(line) ?? [];
    const repo = url === undefined ? null : repoOfUrl(url);
    if (name !== undefined && repo && !seen.has(name)) seen.set(name, { name, repo });
  }
  const rank = ({ name }: Remote) => (PREFERRED.includes(name) ? PREFERRED.indexOf(name) : PREFERRED.length);
  return [...seen.values()].sort((a, b) => rank(a) - rank(b));
}

export function noHost(): GhStop {
  return new GhStop(
    "none of the git remotes configured for this repository point to a known GitHub host. To tell gh about a new GitHub host, please use `gh auth login`",
  );
}
