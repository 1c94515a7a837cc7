/** `npm ci`, `npm install` and `npm uninstall`: real trees and lock files. https://docs.npmjs.com/cli/commands/npm-install */
import type { ExecResult } from "just-bash/browser";
import { result } from "../lib/invocation.ts";
import { absent, failed, isFailure, packageJson, type NpmCall, type PackageJson } from "./call.ts";
import { rootScripts } from "./lifecycle.ts";
import { add, remove, saveManifest, type Edited } from "./save.ts";
import { summary } from "./summary.ts";
import { complete, flagsOf, prune } from "./tree/ideal.ts";
import { outOfSync, readLock, writeLock } from "./tree/locks.ts";
import { treeOf, type Lockfile } from "./tree/lockfile.ts";
import { manifestOf } from "./tree/manifest.ts";
import { TreeNode, walk } from "./tree/node.ts";
import { dropBins, existing, reify, writeHiddenLock, type Changes } from "./tree/reify.ts";
import { build } from "./tree/scripts.ts";
import { Source } from "./tree/source.ts";

const NO_LOCK = [
  "",
  "The `npm ci` command can only install with an existing package-lock.json or",
  "npm-shrinkwrap.json with lockfileVersion >= 1. Run an install with npm@5 or",
  "later to generate a package-lock.json file, then try again.",
];

/** `npm ci`: what the lock file says, or nothing. */
export async function cleanInstall(call: NpmCall): Promise<ExecResult> {
  const manifest = await packageJson(call);
  if (isFailure(manifest)) return manifest;
  const lock = await readLock(call);
  if (!lock) return failed("EUSAGE", NO_LOCK);
  const trees = [rootOf(call, manifest), rootOf(call, manifest)] as const;
  const odd = trees.map((root) => treeOf(root, lock, legacyPeers(call)))[0] ?? unsupported(call, manifest);
  if (odd) return absent(odd);
  const [virtual, root] = trees;
  const source = new Source(call);
  const failure = await idealFrom(call, root, source);
  if (failure) return failure;
  const errors = outOfSync(virtual, root);
  if (errors.length > 0) return failed("EUSAGE", errors);
  const { fs } = call.context;
  const folder = `${call.prefix === "/" ? "" : call.prefix}/node_modules`;
  if (await fs.exists(folder))
    for (const name of await fs.readdir(folder)) await fs.rm(`${folder}/${name}`, { recursive: true });
  return carryOut(call, { root, source, edited: null, scripts: true });
}

/** `npm install`: package.json counts, and what the lock file has that fits. With names: they are added. */
export async function install(call: NpmCall): Promise<ExecResult> {
  const manifest = await packageJson(call);
  const isNew = isFailure(manifest) && call.operands.length > 0 && manifest.stderr.includes("code ENOENT");
  if (isFailure(manifest) && !isNew) return manifest;
  const fields = isFailure(manifest) ? {} : manifest;
  return change(call, fields, (root, source) => add(call, root, source));
}

/** `npm uninstall NAME…`. */
export async function uninstall(call: NpmCall): Promise<ExecResult> {
  if (call.operands.length === 0) return failed(null, ["Must provide a package name to remove"]);
  const manifest = await packageJson(call);
  if (isFailure(manifest)) return manifest;
  return change(call, manifest, async (root) => remove(call, root));
}

type Edit = (root: TreeNode, source: Source) => Promise<Edited | ExecResult | null>;

async function change(call: NpmCall, fields: PackageJson, edit: Edit): Promise<ExecResult> {
  const odd = unsupported(call, fields);
  if (odd) return absent(odd);
  const root = rootOf(call, fields);
  const lock = await readLock(call);
  const problem = lock ? treeOf(root, lock, legacyPeers(call)) : null;
  if (problem) return absent(problem);
  if (!lock) await existing(call, root);
  const source = new Source(call);
  const edited = await edit(root, source);
  if (edited && "exitCode" in edited) return edited;
  const failure = await idealFrom(call, root, source);
  if (failure) return failure;
  return carryOut(call, { root, source, edited, scripts: call.operands.length === 0, lock });
}

function rootOf(call: NpmCall, fields: PackageJson): TreeNode {
  const found = { manifest: manifestOf(fields), resolved: null, integrity: null };
  return new TreeNode("", found, legacyPeers(call));
}

function legacyPeers({ config }: NpmCall): boolean {
  return config.has("legacy-peer-deps");
}

/** What is asked for and not there. */
function unsupported({ config }: NpmCall, manifest: PackageJson): string | null {
  if (config.has("global")) return "npm install --global";
  if (manifest["workspaces"] !== undefined) return "npm with workspaces";
  return manifest["overrides"] === undefined ? null : "npm with overrides";
}

async function idealFrom(call: NpmCall, root: TreeNode, source: Source): Promise<ExecResult | null> {
  prune(root);
  const options = { source, legacyPeers: legacyPeers(call), force: call.config.has("force") };
  const failure = await complete(root, options);
  if (!failure) prune(root);
  return failure;
}

interface Plan {
  readonly root: TreeNode;
  readonly source: Source;
  /** Null where package.json stays and no lock file is written. */
  readonly edited: Edited | null;
  /** Whether the project's own scripts run too. */
  readonly scripts: boolean;
  readonly lock?: Lockfile | null;
}

async function carryOut(call: NpmCall, plan: Plan): Promise<ExecResult> {
  const { root } = plan;
  const shown: ExecResult[] = [];
  const changes = call.config.has("dry-run") ? null : await onDisk(call, plan, shown);
  if (changes && "exitCode" in changes) return changes;
  if (changes && plan.edited) {
    await saveManifest(call, plan.edited);
    await writeLock(call, root, plan.lock ?? null);
  }
  if (plan.scripts && changes) {
    const ran = await rootScripts(call, root.manifest.fields);
    shown.push(ran);
    if (ran.exitCode !== 0) return together(shown, ran.exitCode);
  }
  const present = [...walk(root)].filter((node) => !isOmitted(call, root)(node));
  const told = await summary(call, { present, changes, warnings: plan.edited?.warnings ?? [] });
  return together([...told.before, ...shown, told.after], told.after.exitCode);
}

async function onDisk(
  call: NpmCall,
  { root, source }: Plan,
  shown: ExecResult[],
): Promise<Changes | ExecResult> {
  const changes = await reify(call, source, root, isOmitted(call, root));
  if ("exitCode" in changes) return changes;
  const broken = await build(call, [...changes.added, ...changes.changed], shown);
  if (broken) {
    await undo(call, changes);
    return broken;
  }
  await dropBins(call);
  await writeHiddenLock(call, root, isOmitted(call, root));
  return changes;
}

/** What npm does with what it unpacked where a script fails. */
async function undo({ context: { fs }, prefix }: NpmCall, { added }: Changes): Promise<void> {
  const base = prefix === "/" ? "" : prefix;
  for (const { location } of added) await fs.rm(`${base}/${location}`, { recursive: true, force: true });
}

/** Nodes that are in the lock file and not on the disk: `--omit=dev`, or made for another system. */
export function isOmitted({ config, context }: NpmCall, root: TreeNode): (node: TreeNode) => boolean {
  const flags = flagsOf(root);
  const production = config.has("production") || context.exportedEnv?.["NODE_ENV"] === "production";
  const told = (config.get("omit") ?? (production ? "dev" : "")).split(",").map((it) => it.trim());
  const included = (config.get("include") ?? "").split(",").map((it) => it.trim());
  const omits = (kind: string) => told.includes(kind) && !included.includes(kind);
  return (node) => {
    if (node.isRoot) return false;
    const { dev, optional, devOptional, peer } = flags(node);
    if ((dev && omits("dev")) || (optional && omits("optional")) || (peer && omits("peer"))) return true;
    if (devOptional && omits("dev") && omits("optional")) return true;
    return optional && !runsHere(node);
  };
}

/** https://docs.npmjs.com/cli/configuring-npm/package-json#os */
function runsHere({ manifest: { fields } }: TreeNode): boolean {
  return (
    [
      ["os", "linux"],
      ["cpu", "x64"],
    ] as const
  ).every(([field, here]) => {
    const listed = Array.isArray(fields[field]) ? (fields[field] as unknown[]).map(String) : [];
    const wanted = listed.filter((it) => !it.startsWith("!"));
    return !listed.includes(`!${here}`) && (wanted.length === 0 || wanted.includes(here));
  });
}

function together(all: readonly ExecResult[], exitCode: number): ExecResult {
  return result(all.map(({ stdout }) => stdout).join(""), all.map(({ stderr }) => stderr).join(""), exitCode);
}
