/** Everything that everybody can read: what a harvesting bot sees when it comes by. */
import { reachableFrom } from "../services/forge/git/garbage.ts";
import { chatItems } from "./chatItems.ts";
import { fromUtf8 } from "../../base/bytes.ts";
import { unpack } from "../../engine/unpack.ts";
import { ARTIFACTS, RUNS } from "../services/forge/actions/model.ts";
import { artifactPath, assetPath, runFolder } from "../services/forge/actions/files.ts";
import type { Written } from "../services/forge/edit.ts";
import type { Forge } from "../services/forge/forge.ts";
import { COMMENTS, ISSUES } from "../services/forge/issue.ts";
import { repositoryId, type Repository } from "../services/forge/model.ts";
import { getObject, objectIds } from "../services/forge/git/storage.ts";
import { ASSETS, RELEASES } from "../services/forge/release.ts";
import { PACKAGES } from "../services/registry/model.ts";
import { tarballOf } from "../services/registry/registry.ts";
import { loot } from "../services/sinks/sinks.ts";
import type { PublicItem } from "./item.ts";
import type { AttackerPorts } from "./ports.ts";
import type { Watched } from "./visit.ts";

/** Larger things are passed over. */
const MOST_BYTES = 2 * 1024 * 1024;

/**
 * What is watched and public, or sent to somebody's own servers. `subject` narrows it to one thing: "push owner/name
 * COMMIT", "repository owner/name", or what items of that kind name ("run 12").
 */
export function itemsFor(
  ports: AttackerPorts,
  who: string,
  watch: readonly Watched[],
  subject: string | null = null,
): PublicItem[] {
  const [kind, repository = "", commit = ""] = (subject ?? "").split(" ");
  const { forge } = ports;
  const narrowed = kind === "push" || kind === "repository" ? repository : null;
  const open = forge.repositories.filter(
    (it) =>
      it.visibility === "public" &&
      !it.beingMade &&
      (narrowed === null || repositoryId(it).toLowerCase() === narrowed.toLowerCase()),
  );
  if (kind === "push") return open.flatMap((it) => gitItems(forge, it, commit));
  const everywhere = narrowed === null;
  const parts: Readonly<Record<Watched, () => PublicItem[]>> = {
    pushes: () => open.flatMap((it) => gitItems(forge, it)),
    logs: () => open.flatMap((it) => logItems(forge, it)),
    artifacts: () => open.flatMap((it) => artifactItems(forge, it)),
    text: () => open.flatMap((it) => writtenItems(forge, it)),
    releases: () => open.flatMap((it) => releaseItems(forge, it)),
    packages: () => (everywhere ? packageItems(ports) : []),
    chat: () => (everywhere ? chatItems(ports) : []),
    loot: () => (everywhere ? lootItems(ports, who) : []),
  };
  const items = watch.flatMap((name) => parts[name]());
  return subject === null || !everywhere ? items : items.filter((item) => item.subject === subject);
}

/** What was sent to somebody's own servers. */
function lootItems({ tables }: AttackerPorts, who: string): PublicItem[] {
  return loot(tables, who).map(({ number, host, from, path, headers, body }) => ({
    key: `loot ${number}`,
    where: `what ${from} sent to ${host}`,
    subject: `loot ${number}`,
    read: () => [path, ...Object.values(headers), body].map(fromUtf8),
  }));
}

/**
 * Every object: what refs lead to, and what the public feed named at the time of its push and is still served by id.
 * https://docs.github.com/en/rest/activity/events
 */
function gitItems(forge: Forge, repository: Repository, commit?: string): PublicItem[] {
  const id = repositoryId(repository);
  const hashes =
    commit === undefined ? objectIds(forge.disk, id) : [...reachableFrom(forge, repository, [commit])];
  return hashes.map((hash) => ({
    key: `git ${hash}`,
    where: `${id} object ${hash.slice(0, 12)}`,
    subject: `git ${hash}`,
    read() {
      const object = getObject(forge.disk, id, hash);
      const fits = object && object.type !== "tree" && object.content.length <= MOST_BYTES;
      return fits ? [object.content] : [];
    },
  }));
}

function logItems(forge: Forge, repository: Repository): PublicItem[] {
  const id = repositoryId(repository);
  const runs = forge.ports.tables.of(RUNS).filter((run) => run.repository === id && !run.logsDeleted);
  return runs.flatMap((run) =>
    filesBelow(forge, runFolder(run.id))
      .filter((path) => /\.(?:txt|md)$/.test(path))
      .map((path) => ({
        ...fileItem(forge, path, `log of run ${run.id} in ${id}`, withoutTimes),
        subject: `run ${run.id}`,
      })),
  );
}

function artifactItems(forge: Forge, repository: Repository): PublicItem[] {
  const id = repositoryId(repository);
  return forge.ports.tables
    .of(ARTIFACTS)
    .filter((artifact) => artifact.repository === id && forge.disk.exists(artifactPath(artifact.id)))
    .map(({ id: number, name, run }) => ({
      ...fileItem(forge, artifactPath(number), `artifact ${name} of run ${run} in ${id}`, opened),
      subject: `artifact ${number}`,
    }));
}

function filesBelow({ disk }: Forge, folder: string): string[] {
  if (!disk.exists(folder)) return [];
  return disk.listKinds(folder).flatMap(([name, kind]) => {
    const path = `${folder}/${name}`;
    return kind === "directory" ? filesBelow({ disk } as Forge, path) : [path];
  });
}

function fileItem(
  { disk }: Forge,
  path: string,
  where: string,
  read: (bytes: Uint8Array) => readonly Uint8Array[],
): PublicItem {
  const { size } = disk.stat(path);
  // A log grows while its step runs.
  return {
    key: `${path} ${size}`,
    where,
    subject: path,
    read: () => (size > MOST_BYTES ? [] : read(disk.read(path))),
  };
}

/** Lines as they were printed: what is wrapped over several can then be put together. */
function withoutTimes(bytes: Uint8Array): Uint8Array[] {
  const text = new TextDecoder().decode(bytes);
  return [fromUtf8(text.replace(/^\uFEFF?\d{4}-\d\d-\d\dT[\d:.]+Z ?/gm, ""))];
}

function opened(bytes: Uint8Array): Uint8Array[] {
  return unpack(bytes)
    .parts.filter(({ container }) => !container)
    .map((part) => part.bytes);
}

function writtenItems({ ports: { tables } }: Forge, repository: Repository): PublicItem[] {
  const own = (it: { readonly repository: number }) => it.repository === repository.id;
  const id = repositoryId(repository);
  return [
    ...tables
      .of(ISSUES)
      .filter(own)
      .map((it) => textItem(`issue ${it.repository}/${it.number}`, `#${it.number} of ${id}`, it, [it.title])),
    ...tables
      .of(COMMENTS)
      .filter(own)
      .map((it) => textItem(`comment ${it.id}`, `a comment on #${it.number} of ${id}`, it)),
  ];
}

/** With every version that the history of edits still shows. */
function textItem(name: string, where: string, it: Written, more: readonly string[] = []): PublicItem {
  const texts = [...more, it.body ?? "", ...it.edits.flatMap(({ text }) => text ?? [])];
  return {
    key: `${name} ${it.updatedAtMs} ${it.edits.length}`,
    where,
    subject: name,
    read: () => [fromUtf8(texts.join("\n"))],
  };
}

function releaseItems(forge: Forge, repository: Repository): PublicItem[] {
  const { tables } = forge.ports;
  const id = repositoryId(repository);
  const releases = tables.of(RELEASES).filter((it) => it.repository === repository.id && !it.draft);
  const shown = new Set(releases.map((release) => release.id));
  const assets = tables.of(ASSETS).filter((asset) => shown.has(asset.release));
  return [
    ...releases.map((release) => ({
      key: `release ${release.id} ${release.name} ${release.body}`,
      where: `release ${release.tag} of ${id}`,
      subject: `release ${release.id}`,
      read: () => [fromUtf8(`${release.name}\n${release.body}`)],
    })),
    ...assets
      .filter((asset) => forge.disk.exists(assetPath(asset.id)))
      .map((asset) => ({
        ...fileItem(forge, assetPath(asset.id), `asset ${asset.name} of ${id}`, opened),
        subject: `release ${asset.release}`,
      })),
  ];
}

function packageItems(ports: AttackerPorts): PublicItem[] {
  return ports.tables
    .of(PACKAGES)
    .all()
    .flatMap(({ name, versions }) =>
      versions.map(({ version }) => ({
        key: `package ${name}@${version}`,
        where: `package ${name}@${version}`,
        subject: `package ${name}@${version}`,
        read: () => opened(tarballOf(ports, name, version) ?? new Uint8Array()),
      })),
    );
}
