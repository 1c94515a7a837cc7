/**
 * The files of a commit as one file, as `git archive` packs them: everything belongs to root and is as old as the commit.
 * https://git-scm.com/docs/git-archive
 */
import { gzipSync, zipSync, type Zippable } from "fflate";
import { toUtf8 } from "../../../../base/bytes.ts";
import { writeArchive, type Member } from "../../../../base/ustar.ts";
import type { Commit } from "./commit.ts";
import type { Objects, TreeFile } from "./objects.ts";

export type ArchiveFormat = "zip" | "tar.gz";

/** `folder` holds them all. Equal commits give equal bytes. */
export function archiveOf(
  objects: Objects,
  commit: Commit,
  folder: string,
  format: ArchiveFormat,
): Uint8Array {
  const members = membersOf(objects, commit, folder);
  return format === "zip" ? zipped(members, commit) : gzipSync(writeArchive(members), { level: 9, mtime: 0 });
}

function membersOf(objects: Objects, commit: Commit, folder: string): Member[] {
  const files = objects.files(commit.id);
  const folders = new Set(
    files.flatMap(({ path, mode }) => foldersOf(mode === SUBMODULE ? `${path}/` : path)),
  );
  const every = { owner: "root", uid: 0, mtimeS: Math.floor(commit.committer.atMs / 1000) };
  const empty = { ...every, target: "", bytes: new Uint8Array() };
  const directory = (path: string): Member => ({
    ...empty,
    kind: "directory",
    mode: 0o775,
    name: path === "" ? folder : `${folder}/${path}`,
  });
  const members = files
    .filter(({ mode }) => mode !== SUBMODULE)
    .map((file) => ({ ...every, ...contentOf(objects, file), name: `${folder}/${file.path}` }));
  return [directory(""), ...[...folders].map(directory), ...members].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
}

/** An empty folder stands for another repository. */
const SUBMODULE = "160000";

function foldersOf(path: string): string[] {
  const parts = path.split("/").slice(0, -1);
  return parts.map((_, i) => parts.slice(0, i + 1).join("/"));
}

function contentOf(
  objects: Objects,
  { mode, id }: TreeFile,
): Pick<Member, "kind" | "mode" | "target" | "bytes"> {
  const bytes = objects.blob(id) ?? new Uint8Array();
  if (mode === "120000") return { kind: "link", mode: 0o777, target: toUtf8(bytes), bytes: new Uint8Array() };
  return { kind: "file", mode: mode === "100755" ? 0o775 : 0o664, target: "", bytes };
}

/** Made on Unix: modes are in the upper half of the attributes. */
const UNIX = 3;
const LINK = 0o120000;
const FILE = 0o100000;
const FOLDER = 0o040000;

function zipped(members: readonly Member[], commit: Commit): Uint8Array {
  // Local time without a zone, which is what ZIP keeps: it does not depend on where this runs.
  const mtime = new Date(commit.committer.atMs).toISOString().slice(0, 19);
  const zippable: Zippable = {};
  for (const { kind, name, mode, target, bytes } of members) {
    const type = kind === "link" ? LINK : kind === "directory" ? FOLDER : FILE;
    const content = kind === "link" ? new TextEncoder().encode(target) : bytes;
    zippable[kind === "directory" ? `${name}/` : name] = [
      content,
      { os: UNIX, attrs: ((type | mode) << 16) >>> 0 },
    ];
  }
  return zipSync(zippable, { mtime, level: 9 });
}
