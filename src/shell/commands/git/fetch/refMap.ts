/** Which refs a fetch brings, and where they go. */
import type { GitRepo } from "just-git";
import type { Config } from "../lib/config.ts";
import type { Head, Ref } from "../lib/refs.ts";
import { die } from "../lib/transcript.ts";
import type { Advertisement, RemoteRef } from "../lib/transport/connection.ts";
import { expandRef, isExcluded, mapRef, type Refspec } from "../lib/transport/refspec.ts";
import type { Remote } from "../lib/transport/remotes.ts";

export interface Fetched {
  /** On the other side. */
  readonly remoteName: string;
  readonly id: string;
  /** Here; null where it goes into FETCH_HEAD only. */
  readonly localName: string | null;
  readonly force: boolean;
  /** Line of FETCH_HEAD: for a merge, not for a merge, or none. */
  readonly head: "merge" | "not-for-merge" | "none";
}

export interface Wanted {
  readonly refspecs: readonly Refspec[];
  /** `--tags`, `--no-tags`, or those that point into what is fetched. */
  readonly tags: "all" | "none" | "reachable";
  readonly force: boolean;
  /** `--refmap`: what is followed on the way, in place of what the remote is configured to. */
  readonly refmap?: readonly Refspec[];
}

export function refMap(
  advertised: Advertisement,
  config: Config,
  remote: Remote,
  head: Head,
  wanted: Wanted,
): Fetched[] {
  const specs = wanted.refspecs;
  const explicit = specs.length > 0;
  const map = explicit
    ? explicitRefs(advertised, remote, specs, wanted)
    : configuredRefs(advertised, config, remote, head, wanted);
  if (wanted.tags === "all") {
    const tagSpec: Refspec = {
      force: false,
      negative: false,
      source: "refs/tags/*",
      destination: "refs/tags/*",
      pattern: true,
      matching: false,
      text: "",
    };
    map.push(...matching(advertised.refs, tagSpec, "not-for-merge", wanted.force));
  }
  return withoutRepeats(map.filter(({ remoteName }) => !isExcluded([...specs, ...remote.fetch], remoteName)));
}

function explicitRefs(
  advertised: Advertisement,
  remote: Remote,
  specs: readonly Refspec[],
  wanted: Wanted,
): Fetched[] {
  const map: Fetched[] = [];
  for (const spec of specs.filter((it) => !it.negative)) {
    if (spec.pattern) map.push(...matching(advertised.refs, spec, "not-for-merge", wanted.force));
    else map.push(single(advertised, spec, "merge", wanted.force));
  }
  // What the remote's own refspecs follow is brought up to date on the way.
  for (const it of [...map]) {
    for (const spec of wanted.refmap ?? remote.fetch) {
      const localName = mapRef(spec, it.remoteName);
      if (localName !== null) map.push({ ...it, localName, force: spec.force || wanted.force, head: "none" });
    }
  }
  return map;
}

function configuredRefs(
  advertised: Advertisement,
  config: Config,
  remote: Remote,
  head: Head,
  wanted: Wanted,
): Fetched[] {
  const branch = head.branch?.replace(/^refs\/heads\//, "");
  const own = branch !== undefined && config.get(`branch.${branch}.remote`) === remote.name;
  const merges = own ? config.all(`branch.${branch}.merge`) : [];
  const specs = remote.fetch.filter((it) => !it.negative);
  if (specs.length === 0 && merges.length === 0)
    return [single(advertised, HEAD_ONLY, "merge", wanted.force)];
  const map = specs.flatMap((spec) =>
    spec.pattern
      ? matching(advertised.refs, spec, "not-for-merge", wanted.force)
      : [single(advertised, spec, "not-for-merge", wanted.force)],
  );
  const marked = map.map((it, i): Fetched => {
    const merge = merges.some((name) => it.remoteName === name || it.remoteName === `refs/heads/${name}`);
    const first = merges.length === 0 && i === 0 && specs[0]?.pattern === false;
    return merge || first ? { ...it, head: "merge" } : it;
  });
  for (const name of merges) {
    const ref = advertised.refs.find((candidate) => candidate.name === name);
    if (ref && !marked.some((it) => it.remoteName === name))
      marked.push({ remoteName: name, id: ref.id, localName: null, force: false, head: "merge" });
  }
  return marked;
}

const HEAD_ONLY: Refspec = {
  force: false,
  negative: false,
  source: "HEAD",
  destination: null,
  pattern: false,
  matching: false,
  text: "HEAD",
};

function matching(
  refs: readonly RemoteRef[],
  spec: Refspec,
  head: Fetched["head"],
  force: boolean,
): Fetched[] {
  return refs.flatMap(({ name, id }) => {
    const localName = spec.destination
      ? mapRef(spec, name)
      : mapRef({ ...spec, destination: spec.source }, name);
    if (localName === null) return [];
    return [
      {
        remoteName: name,
        id,
        localName: spec.destination ? localName : null,
        force: spec.force || force,
        head,
      },
    ];
  });
}

function single(advertised: Advertisement, spec: Refspec, head: Fetched["head"], force: boolean): Fetched {
  const source = spec.source === "" || spec.source === "@" ? "HEAD" : spec.source;
  const localName = spec.destination ? fullLocalName(spec.destination, source) : null;
  const found = { localName, force: spec.force || force, head };
  if (source === "HEAD") {
    const id = advertised.head?.id ?? die("couldn't find remote ref HEAD");
    return { remoteName: "HEAD", id, ...found };
  }
  const name = expandRef(source, new Set(advertised.refs.map((ref) => ref.name)));
  const ref = advertised.refs.find((candidate) => candidate.name === name);
  if (ref) return { remoteName: ref.name, id: ref.id, ...found };
  if (/^[0-9a-f]{40}$/.test(source)) return { remoteName: source, id: source, ...found };
  return die(`couldn't find remote ref ${source}`);
}

function fullLocalName(destination: string, source: string): string {
  if (destination.startsWith("refs/")) return destination;
  if (/^(heads|tags|remotes)\//.test(destination)) return `refs/${destination}`;
  return `${source.startsWith("refs/tags/") ? "refs/tags/" : "refs/heads/"}${destination}`;
}

function withoutRepeats(map: readonly Fetched[]): Fetched[] {
  const seen = new Set<string>();
  return map.filter(({ remoteName, localName }) => {
    if (localName === null) return true;
    const key = `${remoteName} ${localName}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** Tags that we lack and that point at something which we have or are about to have. */
export async function reachableTags(
  repo: GitRepo,
  advertised: Advertisement,
  local: readonly Ref[],
  map: readonly Fetched[],
): Promise<Fetched[]> {
  const have = new Set(local.map((ref) => ref.name));
  const coming = new Set(map.map((it) => it.id));
  const planned = new Set(map.map((it) => it.localName));
  const found: Fetched[] = [];
  for (const { name, id } of advertised.refs) {
    if (!name.startsWith("refs/tags/") || have.has(name) || planned.has(name)) continue;
    const target = advertised.peeled.get(name) ?? id;
    if (!coming.has(target) && !coming.has(id) && !(await repo.objectStore.exists(target))) continue;
    found.push({ remoteName: name, id, localName: name, force: false, head: "not-for-merge" });
  }
  return found;
}
