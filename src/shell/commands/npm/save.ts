/** What `npm install NAME` and `npm uninstall NAME` change in package.json. */
import type { ExecResult } from "just-bash/browser";
import { parseRange, satisfies } from "../../../base/semver.ts";
import type { NpmCall } from "./call.ts";
import { fieldsOf, isFolderName, manifestOf, type Fields } from "./tree/manifest.ts";
import { TreeNode } from "./tree/node.ts";
import { compareText } from "./tree/order.ts";
import type { Source } from "./tree/source.ts";
import { parseSpec, splitSpec, type Spec } from "./tree/spec.ts";

export interface Edited {
  /** Null where package.json stays. */
  readonly fields: Fields | null;
  readonly warnings: readonly string[];
}

const SECTIONS = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"] as const;
type Section = (typeof SECTIONS)[number];
const HIGH = 999_999_999;

/** Puts what is named into the root: its newest version that fits, and a range that keeps it. */
export async function add(call: NpmCall, root: TreeNode, source: Source): Promise<Edited | ExecResult> {
  if (call.operands.length === 0) return { fields: null, warnings: [] };
  let fields = root.manifest.fields;
  const warnings: string[] = [];
  for (const operand of call.operands) {
    const [name, text] = splitSpec(operand);
    const isName = isFolderName(name) && !/^\.|\.tgz$/.test(operand);
    const spec: Spec = isName
      ? asked(fields, name, text)
      : { kind: "elsewhere", name: operand, wanted: operand };
    const found = await source.find(spec);
    if ("failure" in found) return found.failure;
    const section = sectionFor(call, fields, name);
    for (const other of SECTIONS.filter(
      (it) => it !== section && Object.hasOwn(fieldsOf(fields[it]), name),
    )) {
      warnings.push(`idealTree Removing ${other}.${name} in favor of ${section}.${name}`);
      fields = without(fields, other, name);
    }
    const alias = text.startsWith("npm:") ? `npm:${spec.name}@` : "";
    fields = withEntry(fields, section, name, alias + rangeFor(call, spec, found.manifest.version));
    root.become(manifestOf(fields));
    const before = root.children.get(name);
    if (before?.version !== found.manifest.version)
      root.add(new TreeNode(name, found, call.config.has("legacy-peer-deps")));
  }
  return { fields: call.config.get("save") === "false" ? null : fields, warnings };
}

/** A name alone asks for what package.json says already, or for the newest. */
function asked(fields: Fields, name: string, text: string): Spec {
  if (text !== "") return parseSpec(name, text);
  const known = SECTIONS.map((section) => fieldsOf(fields[section])[name]).find(
    (it) => typeof it === "string",
  );
  return parseSpec(name, typeof known === "string" ? known : "*");
}

function sectionFor({ config }: NpmCall, fields: Fields, name: string): Section {
  if (config.has("save-dev")) return "devDependencies";
  if (config.has("save-optional")) return "optionalDependencies";
  if (config.has("save-peer")) return "peerDependencies";
  const there = SECTIONS.find((section) => Object.hasOwn(fieldsOf(fields[section]), name));
  return config.has("save-prod") ? "dependencies" : (there ?? "dependencies");
}

/** A range that was asked for stays where the usual one would let in more. */
function rangeFor({ config }: NpmCall, { kind, wanted }: Spec, version: string): string {
  const usual = config.has("save-exact") ? version : `${config.get("save-prefix") ?? "^"}${version}`;
  if (kind !== "range" || wanted === "*") return usual;
  const [set] = parseRange(usual) ?? [];
  const end = set?.find(({ operator }) => operator === "<")?.version.core;
  const last = end ? lastBefore(end) : version;
  return satisfies(version, wanted) && satisfies(last, wanted) ? usual : wanted;
}

function lastBefore([major, minor, patch]: readonly [number, number, number]): string {
  if (patch > 0) return `${major}.${minor}.${patch - 1}`;
  return minor > 0 ? `${major}.${minor - 1}.${HIGH}` : `${major - 1}.${HIGH}.${HIGH}`;
}

export function remove({ operands }: NpmCall, root: TreeNode): Edited {
  let fields = root.manifest.fields;
  for (const name of operands)
    for (const section of SECTIONS)
      if (Object.hasOwn(fieldsOf(fields[section]), name)) fields = without(fields, section, name);
  root.become(manifestOf(fields));
  return { fields, warnings: [] };
}

function withEntry(fields: Fields, section: Section, name: string, range: string): Fields {
  const entries = Object.entries({ ...fieldsOf(fields[section]), [name]: range });
  return {
    ...fields,
    [section]: Object.fromEntries(entries.sort(([a], [b]) => compareText(a, b))),
  };
}

function without(fields: Fields, section: Section, name: string): Fields {
  const left = Object.entries(fieldsOf(fields[section])).filter(([key]) => key !== name);
  const { [section]: _gone, ...rest } = fields;
  if (left.length === 0) return rest;
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, key === section ? Object.fromEntries(left) : value]),
  );
}

/** In the form that the file has: its indentation, and a line break at its end or none. */
export async function saveManifest({ context: { fs }, prefix }: NpmCall, { fields }: Edited): Promise<void> {
  if (!fields) return;
  const path = `${prefix === "/" ? "" : prefix}/package.json`;
  const before = (await fs.exists(path)) ? await fs.readFile(path) : "{\n  \n}\n";
  const [, breaks, indent] = /^\s*[{[]((?:\r?\n)+)([ \t]*)/.exec(before) ?? [];
  const text =
    JSON.stringify(fields, null, breaks === undefined ? 0 : indent) + (breaks === undefined ? "" : "\n");
  if (text !== before) await fs.writeFile(path, text);
}
