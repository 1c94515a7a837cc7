/** Makes node_modules what a tree says: removes what has no place in it, unpacks what is not there yet, links commands. */
import type { ExecResult } from "just-bash/browser";
import { toUtf8 } from "../../../../base/bytes.ts";
import type { Member } from "../../../../base/ustar.ts";
import type { NpmCall } from "../call.ts";
import { lockOf } from "./lockfile.ts";
import { binOf, fieldsOf, manifestOf, type Fields, type Manifest } from "./manifest.ts";
import { sorted, TreeNode, walk } from "./node.ts";
import type { Source } from "./source.ts";

/** What was done, by location. */
export interface Changes {
  readonly added: TreeNode[];
  readonly changed: TreeNode[];
  readonly removed: string[];
}

type FileSystem = NpmCall["context"]["fs"];

export async function reify(
  { context: { fs }, prefix }: NpmCall,
  source: Pick<Source, "members">,
  root: TreeNode,
  isOmitted: (node: TreeNode) => boolean,
): Promise<Changes | ExecResult> {
  const base = prefix === "/" ? "" : prefix;
  const wanted = onDisk(root, isOmitted);
  const before = await installed(fs, base);
  const removed = [...before.keys()].filter((location) => !wanted.some((node) => node.location === location));
  for (const location of removed) await fs.rm(`${base}/${location}`, { recursive: true, force: true });
  const changes: Changes = { added: [], changed: [], removed };
  for (const node of sorted(wanted)) {
    const there = before.get(node.location);
    if (there === `${node.manifest.name}@${node.version}`) continue;
    const members = await source.members(node.manifest.name, node);
    if ("failure" in members) return members.failure;
    await unpack(fs, `${base}/${node.location}`, node, members);
    changes[there === undefined ? "added" : "changed"].push(node);
  }
  return changes;
}

function onDisk(root: TreeNode, isOmitted: (node: TreeNode) => boolean): TreeNode[] {
  const isThere = (node: TreeNode): boolean =>
    !isOmitted(node) && (node.parent === null || isThere(node.parent));
  return [...walk(root)].filter((node) => !node.isRoot && isThere(node));
}

/** Takes what lies in node_modules as the tree to begin with, where there is no lock file. */
export async function existing({ context: { fs }, prefix, config }: NpmCall, root: TreeNode): Promise<void> {
  const base = prefix === "/" ? "" : prefix;
  const hidden = await readJson(fs, `${base}/node_modules/.package-lock.json`);
  for (const location of (await installed(fs, base)).keys()) {
    const names = `/${location}`.split("/node_modules/").slice(1);
    const manifest = await readManifest(fs, `${base}/${location}`);
    const { resolved, integrity } = fieldsOf(fieldsOf(hidden["packages"])[location]);
    const found = {
      manifest,
      resolved: typeof resolved === "string" ? resolved : null,
      integrity: typeof integrity === "string" ? integrity : null,
    };
    const parent = names
      .slice(0, -1)
      .reduce<TreeNode | undefined>((node, name) => node?.children.get(name), root);
    parent?.add(new TreeNode(names.at(-1) as string, found, config.has("legacy-peer-deps")));
  }
}

/** "name@version" by location, of all that lies in node_modules. */
export async function installed(fs: FileSystem, base: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const visit = async (location: string): Promise<void> => {
    const folder = `${location === "" ? "" : `${location}/`}node_modules`;
    for (const name of await packageFolders(fs, `${base}/${folder}`)) {
      const { name: own, version } = await readManifest(fs, `${base}/${folder}/${name}`);
      found.set(`${folder}/${name}`, `${own}@${version}`);
      await visit(`${folder}/${name}`);
    }
  };
  await visit("");
  return found;
}

async function packageFolders(fs: FileSystem, folder: string): Promise<string[]> {
  if (!(await fs.exists(folder))) return [];
  const names: string[] = [];
  for (const name of await fs.readdir(folder)) {
    if (name.startsWith(".")) continue;
    if (name.startsWith("@"))
      names.push(...(await fs.readdir(`${folder}/${name}`)).map((each) => `${name}/${each}`));
    else names.push(name);
  }
  return names.sort();
}

export async function readManifest(fs: FileSystem, folder: string): Promise<Manifest> {
  return manifestOf(await readJson(fs, `${folder}/package.json`));
}

/** Nothing where there is no object to read. */
async function readJson(fs: FileSystem, path: string): Promise<Fields> {
  try {
    return fieldsOf(JSON.parse(await fs.readFile(path)));
  } catch {
    return {};
  }
}

async function unpack(
  fs: FileSystem,
  folder: string,
  node: TreeNode,
  members: readonly Member[],
): Promise<void> {
  for (const name of await ownFiles(fs, folder))
    await fs.rm(`${folder}/${name}`, { recursive: true, force: true });
  await fs.mkdir(folder, { recursive: true });
  const made = new Set([folder]);
  for (const { kind, name, mode, bytes } of members) {
    const path = withoutTop(name);
    if (kind !== "file" || path === null) continue;
    const place = `${folder}/${path}`;
    const parent = place.slice(0, place.lastIndexOf("/"));
    if (!made.has(parent)) await fs.mkdir(parent, { recursive: true });
    made.add(parent);
    await fs.writeFile(place, bytes);
    if ((mode & 0o111) !== 0) await fs.chmod(place, 0o755);
  }
  const packed = members.find(({ name }) => withoutTop(name) === "package.json");
  if (packed) become(node, packed.bytes);
  else await fs.writeFile(`${folder}/package.json`, `${JSON.stringify(node.manifest.fields, null, 2)}\n`);
}

/** What the registry says of a package may be another thing than what is in it: the scripts that run are those within. */
function become(node: TreeNode, packageJson: Uint8Array): void {
  try {
    const { scripts, bin } = fieldsOf(JSON.parse(toUtf8(packageJson)));
    const { manifest } = node;
    node.manifest = {
      ...manifest,
      fields: { ...manifest.fields, scripts, bin: bin ?? manifest.fields["bin"] },
    };
  } catch {
    // A package without a readable manifest has no scripts.
  }
}

/** A package that changes keeps the packages below it. */
async function ownFiles(fs: FileSystem, folder: string): Promise<string[]> {
  if (!(await fs.exists(folder))) return [];
  return (await fs.readdir(folder)).filter((name) => name !== "node_modules");
}

/** An archive's own top folder goes; nothing gets out of the package. */
function withoutTop(name: string): string | null {
  const parts = name.split("/").filter((part) => part !== "" && part !== ".");
  return parts.length < 2 || parts.includes("..") ? null : parts.slice(1).join("/");
}

/** node_modules/.bin beside each package that has commands; what is linked there can be executed. */
export async function linkBins(
  { context: { fs }, prefix }: NpmCall,
  nodes: readonly TreeNode[],
): Promise<void> {
  const base = prefix === "/" ? "" : prefix;
  for (const node of sorted(nodes)) {
    const folder = `${base}/${node.location}`;
    const bins = folder.slice(0, -node.name.length - 1) + "/.bin";
    for (const [command, path] of binOf(node.manifest)) {
      await fs.mkdir(bins, { recursive: true });
      await fs.rm(`${bins}/${command}`, { force: true });
      await fs.symlink(`../${node.name}/${path}`, `${bins}/${command}`);
      if (await fs.exists(`${folder}/${path}`)) await fs.chmod(`${folder}/${path}`, 0o755);
    }
  }
}

/** Links of commands whose package went. */
export async function dropBins({ context: { fs }, prefix }: NpmCall): Promise<void> {
  const bins = `${prefix === "/" ? "" : prefix}/node_modules/.bin`;
  if (!(await fs.exists(bins))) return;
  for (const name of await fs.readdir(bins))
    if (!(await fs.exists(`${bins}/${name}`))) await fs.rm(`${bins}/${name}`, { force: true });
}

/** npm's own note of what it did. */
export async function writeHiddenLock(
  { context: { fs }, prefix }: NpmCall,
  root: TreeNode,
  isOmitted: (node: TreeNode) => boolean,
): Promise<void> {
  const folder = `${prefix === "/" ? "" : prefix}/node_modules`;
  if (!(await fs.exists(folder))) return;
  const lock = lockOf(root, prefix, true, new Set(onDisk(root, isOmitted)));
  await fs.writeFile(`${folder}/.package-lock.json`, `${JSON.stringify(lock, null, 2)}\n`);
}
