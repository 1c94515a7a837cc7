/** What the registry knows about the versions of a tree: the report of `npm audit`, and its short form. https://docs.npmjs.com/cli/commands/npm-audit */
import { satisfies } from "../../../base/semver.ts";
import type { NpmCall } from "./call.ts";
import { ask } from "./http.ts";
import { fieldsOf, type Fields } from "./tree/manifest.ts";
import { target, type TreeNode } from "./tree/node.ts";
import { compareText } from "./tree/order.ts";
import { pick, Source } from "./tree/source.ts";

export const SEVERITIES = ["info", "low", "moderate", "high", "critical"] as const;

export interface Advisory {
  readonly id: unknown;
  readonly title: string;
  readonly url: string;
  readonly severity: string;
  /** A range of versions. */
  readonly vulnerable: string;
}

export type Fix =
  boolean | { readonly name: string; readonly version: string; readonly isSemVerMajor: boolean };

export interface Vulnerability {
  readonly name: string;
  readonly advisories: readonly Advisory[];
  readonly severity: string;
  readonly range: string;
  readonly nodes: readonly string[];
  readonly isDirect: boolean;
  readonly fix: Fix;
}

/** Null where nobody answers: npm says nothing then. */
export async function auditOf(call: NpmCall, present: readonly TreeNode[]): Promise<Vulnerability[] | null> {
  const versions = new Map<string, Set<string>>();
  for (const { isRoot, manifest } of present)
    if (!isRoot && manifest.version !== "")
      versions.set(manifest.name, (versions.get(manifest.name) ?? new Set()).add(manifest.version));
  if (versions.size === 0) return [];
  const body = Object.fromEntries([...versions].map(([name, all]) => [name, [...all]]));
  const answer = await ask(call, "POST", "/-/npm/v1/security/advisories/bulk", body);
  if ("failure" in answer) return null;
  const source = new Source(call);
  const found: Vulnerability[] = [];
  for (const [name, list] of Object.entries(fieldsOf(answer.body)))
    found.push(...(await vulnerabilityOf(source, present, name, advisoriesOf(list))));
  return found.sort((a, b) => compareText(a.name, b.name));
}

function advisoriesOf(list: unknown): Advisory[] {
  if (!Array.isArray(list)) return [];
  return list.map((each: unknown) => {
    const { id, title, url, severity, vulnerable_versions: vulnerable } = fieldsOf(each);
    return {
      id,
      title: String(title),
      url: String(url),
      severity: String(severity),
      vulnerable: String(vulnerable),
    };
  });
}

async function vulnerabilityOf(
  source: Source,
  present: readonly TreeNode[],
  name: string,
  all: readonly Advisory[],
): Promise<Vulnerability[]> {
  const nodes = present.filter(
    ({ manifest }) =>
      manifest.name === name && all.some(({ vulnerable }) => satisfies(manifest.version, vulnerable)),
  );
  if (nodes.length === 0) return [];
  const edges = present.flatMap((from) =>
    from.edges.filter((edge) => nodes.includes(target(edge) as TreeNode)),
  );
  const packument = await source.packument(name);
  const fixes = edges.map((edge) =>
    "failure" in packument ? false : fixFor(packument as Fields, all, edge.spec.wanted, name),
  );
  const severities = all.map(({ severity }) => (SEVERITIES as readonly string[]).indexOf(severity));
  return [
    {
      name,
      advisories: all,
      severity: SEVERITIES[Math.max(...severities, 0)] as string,
      range: [...new Set(all.map(({ vulnerable }) => vulnerable))].join(" || "),
      nodes: nodes.map(({ location }) => location),
      isDirect: edges.some(({ from }) => from.isRoot),
      fix: fixes.find((fix) => fix !== true) ?? true,
    },
  ];
}

/** True: within what is asked for. An object: only beyond it. */
function fixFor(packument: Fields, all: readonly Advisory[], wanted: string, name: string): Fix {
  const safe = Object.fromEntries(
    Object.entries(fieldsOf(packument["versions"])).filter(
      ([version]) => !all.some(({ vulnerable }) => satisfies(version, vulnerable)),
    ),
  );
  const rest = { ...packument, versions: safe };
  if (pick(rest, { kind: "range", name, wanted })) return true;
  const beyond = pick(rest, { kind: "range", name, wanted: "*" });
  if (!beyond) return false;
  return { name, version: String(beyond["version"]), isSemVerMajor: true };
}

export function countsOf(report: readonly Vulnerability[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    SEVERITIES.map((severity) => [severity, report.filter((it) => it.severity === severity).length]),
  );
}

/** What `npm install` says of it at its end. */
export function installReport(report: readonly Vulnerability[]): string {
  const text = auditSummary(report);
  return `\n${text}\n${report.length > 0 ? "\nRun `npm audit` for details.\n" : ""}`;
}

export function auditSummary(report: readonly Vulnerability[]): string {
  if (report.length === 0) return "found 0 vulnerabilities";
  const counts = Object.entries(countsOf(report)).filter(
    ([severity, count]) => severity !== "info" && count > 0,
  );
  const [[severity, count] = ["low", report.length]] = counts;
  const total =
    counts.length > 1
      ? `${report.length} vulnerabilities (${counts.map(([it, number]) => `${number} ${it}`).join(", ")})`
      : `${count} ${severity} severity vulnerabilit${count === 1 ? "y" : "ies"}`;
  const [fixable, hard, none] = [
    report.some(({ fix }) => fix === true),
    report.filter(({ fix }) => typeof fix === "object"),
    report.some(({ fix }) => fix === false),
  ] as const;
  const all = hard.length > 0 || none ? "issues that do not require attention" : "all issues";
  return [
    total,
    ...(fixable ? ["", `To address ${all}, run:\n  npm audit fix`] : []),
    ...(hard.length > 0
      ? [
          "",
          `To address all issues${none ? " possible" : ""} (including breaking changes), run:\n  npm audit fix --force`,
        ]
      : []),
    ...(none ? ["", "Some issues need review, and may require choosing", "a different dependency."] : []),
  ].join("\n");
}
