/** package-lock.json, version 3. https://docs.npmjs.com/cli/configuring-npm/package-lock-json */
import { binOf, fieldsOf, installScripts, isFolderName, manifestOf, type Fields } from "./manifest.ts";
import { flagsOf } from "./ideal.ts";
import { TreeNode, walk } from "./node.ts";
import { compareText } from "./order.ts";

/** What it keeps of a package.json, in the order in which npm writes it. */
const KEPT = [
  "version",
  "dependencies",
  "peerDependencies",
  "peerDependenciesMeta",
  "optionalDependencies",
  "bundleDependencies",
  "funding",
  "engines",
  "os",
  "cpu",
  "libc",
  "license",
  "bin",
  "deprecated",
];

export type Lockfile = Fields;

/** The tree that a lock file describes, below a root; or what about it is not simulated. */
export function treeOf(root: TreeNode, lock: Lockfile, legacyPeers: boolean): string | null {
  const packages = lock["packages"];
  if (packages === undefined) return "a lock file of version 1";
  const locations = Object.keys(fieldsOf(packages)).filter((location) => location !== "");
  for (const location of locations.sort((a, b) => depthOf(a) - depthOf(b))) {
    const fields = fieldsOf(fieldsOf(packages)[location]);
    const names = namesOf(location);
    if (!names || fields["link"] === true) return `package-lock.json: ${location.slice(0, 100)}`;
    const name = names.at(-1) as string;
    const parent = names
      .slice(0, -1)
      .reduce<TreeNode | undefined>((node, each) => node?.children.get(each), root);
    const manifest = manifestOf({ name, ...fields });
    const { resolved, integrity } = fields;
    const found = {
      manifest,
      resolved: typeof resolved === "string" ? resolved : null,
      integrity: typeof integrity === "string" ? integrity : null,
    };
    parent?.add(new TreeNode(name, found, legacyPeers));
  }
  return null;
}

function depthOf(location: string): number {
  return location.split("node_modules/").length;
}

/** ["a", "b"] of "node_modules/a/node_modules/b"; null where it is another place. */
function namesOf(location: string): string[] | null {
  const [before, ...names] = `/${location}`.split("/node_modules/");
  return before === "" && names.length > 0 && names.every(isFolderName) ? names : null;
}

/** The lock file of a tree in a folder; the hidden one in node_modules leaves the root out. */
export function lockOf(
  root: TreeNode,
  folder: string,
  hidden: boolean,
  only?: ReadonlySet<TreeNode>,
): Lockfile {
  const { version } = root.manifest;
  const name = root.manifest.name || (folder.split("/").at(-1) ?? "");
  const flags = flagsOf(root);
  const nodes = [...walk(root)].filter((node) => !node.isRoot && (only?.has(node) ?? true));
  const entries = nodes
    .map((node) => [node.location, entryOf(node, flags)] as const)
    .sort(([a], [b]) => compareText(a, b));
  return {
    ...(name === "" ? {} : { name }),
    ...(version === "" ? {} : { version }),
    lockfileVersion: 3,
    requires: true,
    packages: { ...(hidden ? {} : { "": rootEntry(root) }), ...Object.fromEntries(entries) },
  };
}

function rootEntry({ manifest }: TreeNode): Fields {
  const { name } = manifest;
  const { version, dependencies, devDependencies, ...kept } = keptOf(manifest.fields, manifest.name);
  return ordered({
    ...(name === "" ? {} : { name }),
    ...(version ? { version } : {}),
    ...(Object.keys(installScripts(manifest)).length > 0 ? { hasInstallScript: true } : {}),
    ...(dependencies ? { dependencies } : {}),
    ...(devDependencies ? { devDependencies } : {}),
    ...kept,
  });
}

function entryOf(node: TreeNode, flagsFor: ReturnType<typeof flagsOf>): Fields {
  const { manifest, resolved, integrity } = node;
  const flags = flagsFor(node);
  const hasScripts =
    manifest.fields["hasInstallScript"] === true || Object.keys(installScripts(manifest)).length > 0;
  const { devDependencies: _dev, ...kept } = keptOf(manifest.fields, manifest.name);
  return ordered({
    ...(manifest.name === node.name ? {} : { name: manifest.name }),
    ...kept,
    ...(resolved === null ? {} : { resolved }),
    ...(integrity === null ? {} : { integrity }),
    ...(flags.dev ? { dev: true } : {}),
    ...(flags.optional ? { optional: true } : {}),
    ...(flags.devOptional ? { devOptional: true } : {}),
    ...(flags.peer ? { peer: true } : {}),
    ...(hasScripts ? { hasInstallScript: true } : {}),
  });
}

function keptOf(fields: Fields, name: string): Fields {
  const bin = Object.fromEntries(binOf({ name, version: "", fields }));
  const license = fieldsOf(fields["license"])["type"] ?? fields["license"];
  const funding = typeof fields["funding"] === "string" ? { url: fields["funding"] } : fields["funding"];
  const all: Fields = { ...fields, bin, license, funding };
  return Object.fromEntries(
    [...KEPT, "devDependencies"].map((key) => [key, all[key]] as const).filter(([, value]) => isSaid(value)),
  );
}

function isSaid(value: unknown): boolean {
  if (value === null || typeof value !== "object") return Boolean(value);
  return Object.keys(value).length > 0;
}

const FIRST = [
  "name",
  "version",
  "lockfileVersion",
  "resolved",
  "integrity",
  "requires",
  "packages",
  "dependencies",
];

/** Objects behind everything else, and a few names always first. https://github.com/isaacs/json-stringify-nice */
export function ordered(fields: Fields): Fields {
  const rank = (key: string) => {
    const at = FIRST.indexOf(key);
    return (isObject(fields[key]) ? FIRST.length + 1 : 0) + (at < 0 ? FIRST.length : at);
  };
  return Object.fromEntries(
    Object.keys(fields)
      .sort((a, b) => rank(a) - rank(b) || compareText(a, b))
      .map((key) => [key, isObject(fields[key]) ? ordered(fields[key] as Fields) : fields[key]]),
  );
}

function isObject(value: unknown): boolean {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
