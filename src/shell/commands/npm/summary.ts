/** What npm says after it changed node_modules. */
import type { ExecResult } from "just-bash/browser";
import { result } from "../lib/invocation.ts";
import { auditOf, installReport } from "./audit.ts";
import type { NpmCall } from "./call.ts";
import { fieldsOf } from "./tree/manifest.ts";
import type { TreeNode } from "./tree/node.ts";
import { readManifest, type Changes } from "./tree/reify.ts";
import { unreviewed } from "./tree/scripts.ts";

interface Told {
  /** The root and all that is on the disk. */
  readonly present: readonly TreeNode[];
  /** Null where nothing was done. */
  readonly changes: Changes | null;
  readonly warnings: readonly string[];
}

/** What comes before the output of scripts, and what after. */
export async function summary(
  call: NpmCall,
  { present, changes, warnings }: Told,
): Promise<{ before: ExecResult[]; after: ExecResult }> {
  const fresh = [...(changes?.added ?? []), ...(changes?.changed ?? [])];
  const deprecated = fresh.flatMap(({ manifest }) => {
    const message = manifest.fields["deprecated"];
    return typeof message === "string" && message !== ""
      ? [`deprecated ${manifest.name}@${manifest.version}: ${message}`]
      : [];
  });
  const early = result("", warn([...warnings, ...deprecated]));
  if (call.config.has("silent") || call.config.get("loglevel") === "silent")
    return { before: [], after: result("") };
  const report = call.config.get("audit") === "false" ? null : await auditOf(call, present);
  const audited = report ? present.length : 0;
  await readScripts(call, present);
  const lines = [`\n${changed(changes, audited)}`, ...funding(call, present)];
  if (report) lines.push(installReport(report));
  return { before: [early], after: result(lines.join(""), warn(scriptWarning(call, present))) };
}

/** A lock file only says that there are scripts. */
async function readScripts(
  { context: { fs }, prefix }: NpmCall,
  present: readonly TreeNode[],
): Promise<void> {
  for (const node of present) {
    const { fields } = node.manifest;
    if (node.isRoot || fields["hasInstallScript"] !== true || fields["scripts"] !== undefined) continue;
    const { fields: own } = await readManifest(fs, `${prefix === "/" ? "" : prefix}/${node.location}`);
    node.manifest = { ...node.manifest, fields: { ...fields, scripts: own["scripts"] } };
  }
}

function warn(lines: readonly string[]): string {
  return lines.map((line) => `npm warn ${line}`.trimEnd() + "\n").join("");
}

function changed(changes: Changes | null, audited: number): string {
  const [added, removed, altered] = [changes?.added, changes?.removed, changes?.changed].map(
    (it) => it?.length ?? 0,
  ) as [number, number, number];
  const parts = [
    ...(added > 0 ? [`added ${packages(added)}`] : []),
    ...(removed > 0 ? [`removed ${packages(removed)}`] : []),
    ...(altered > 0 ? [`changed ${packages(altered)}`] : []),
  ];
  const what = parts.length === 0 ? "up to date" : joined(parts, audited === 0);
  const more = audited === 0 ? "" : `${parts.length === 0 ? ", " : ", and "}audited ${packages(audited)}`;
  return `${what}${more} in 0s\n`;
}

function joined(parts: readonly string[], last: boolean): string {
  if (!last || parts.length === 1) return parts.join(", ");
  return `${parts.slice(0, -1).join(", ")}, and ${parts.at(-1)}`;
}

function packages(count: number): string {
  return `${count} package${count === 1 ? "" : "s"}`;
}

function funding({ config }: NpmCall, present: readonly TreeNode[]): string[] {
  if (config.get("fund") === "false") return [];
  const asks = present.filter(({ isRoot, manifest: { fields } }) => !isRoot && isFunding(fields["funding"]));
  if (asks.length === 0) return [];
  const are = asks.length === 1 ? "is" : "are";
  return [`\n${packages(asks.length)} ${are} looking for funding\n  run \`npm fund\` for details\n`];
}

function isFunding(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isFunding);
  return typeof value === "string" ? value !== "" : typeof fieldsOf(value)["url"] === "string";
}

function scriptWarning(call: NpmCall, present: readonly TreeNode[]): string[] {
  const lines = unreviewed(
    call,
    present.filter((node) => !node.isRoot),
  );
  if (lines.length === 0) return [];
  const have = lines.length === 1 ? "package has" : "packages have";
  return [
    `${lines.length} ${have} install scripts not yet covered by allowScripts:`,
    ...lines,
    "",
    "Run `npm install-scripts ls` to review, or `npm install-scripts approve <pkg>` to allow.",
  ].map((line) => `install-scripts ${line}`);
}
