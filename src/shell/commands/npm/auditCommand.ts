/** `npm audit` and `npm audit signatures`. https://docs.npmjs.com/cli/commands/npm-audit */
import type { ExecResult } from "just-bash/browser";
import { result } from "../lib/invocation.ts";
import { auditOf, auditSummary, countsOf, SEVERITIES, type Vulnerability } from "./audit.ts";
import { absent, failed, isFailure, packageJson, type NpmCall } from "./call.ts";
import { isOmitted } from "./install.ts";
import { auditSignatures } from "./signatures.ts";
import { treeOf } from "./tree/lockfile.ts";
import { readLock } from "./tree/locks.ts";
import { manifestOf } from "./tree/manifest.ts";
import { TreeNode, walk } from "./tree/node.ts";

export async function audit(call: NpmCall): Promise<ExecResult> {
  const [what] = call.operands;
  if (what === "signatures") return auditSignatures(call);
  if (what !== undefined) return absent(`npm audit ${what}`);
  const manifest = await packageJson(call);
  const lock = await readLock(call);
  if (isFailure(manifest) || !lock)
    return failed("ENOLOCK", [
      "audit This command requires an existing lockfile.",
      "audit Try creating one first with: npm i --package-lock-only",
      "audit Original error: loadVirtual requires existing shrinkwrap file",
    ]);
  const root = new TreeNode("", { manifest: manifestOf(manifest), resolved: null, integrity: null });
  const odd = treeOf(root, lock, false);
  if (odd) return absent(odd);
  const omitted = isOmitted(call, root);
  const report = await auditOf(
    call,
    [...walk(root)].filter((node) => !omitted(node)),
  );
  if (!report) return failed("ENOAUDIT", ["audit endpoint returned an error"]);
  const text = call.config.has("json") ? json(report, [...walk(root)].length - 1) : detail(report);
  return result(`${text}\n`, "", isBad(call, report) ? 1 : 0);
}

/** `--audit-level`: what is less does not count. */
function isBad({ config }: NpmCall, report: readonly Vulnerability[]): boolean {
  const level = config.get("audit-level") ?? "low";
  if (level === "none") return false;
  const levels = SEVERITIES as readonly string[];
  return report.some(({ severity }) => levels.indexOf(severity) >= levels.indexOf(level));
}

function detail(report: readonly Vulnerability[]): string {
  if (report.length === 0) return auditSummary(report);
  return ["# npm audit report", "", ...report.map(about), auditSummary(report)].join("\n");
}

function about({ name, range, severity, advisories, fix, nodes }: Vulnerability): string {
  return [
    `${name}  ${range}`,
    ...(severity === "low" ? [] : [`Severity: ${severity}`]),
    ...advisories.map(({ title, url }) => `${title} - ${url}`),
    ...fixLines(fix),
    ...nodes,
    "",
  ].join("\n");
}

function fixLines(fix: Vulnerability["fix"]): string[] {
  if (fix === false) return ["No fix available"];
  if (fix === true) return ["fix available via `npm audit fix`"];
  return [
    "fix available via `npm audit fix --force`",
    `Will install ${fix.name}@${fix.version}, which is a breaking change`,
  ];
}

function json(report: readonly Vulnerability[], total: number): string {
  const vulnerabilities = Object.fromEntries(
    report.map(({ name, severity, isDirect, advisories, range, nodes, fix }) => [
      name,
      {
        name,
        severity,
        isDirect,
        via: advisories.map(({ id, title, url, severity: each, vulnerable }) => ({
          source: id,
          name,
          dependency: name,
          title,
          url,
          severity: each,
          range: vulnerable,
        })),
        effects: [],
        range,
        nodes,
        fixAvailable: fix,
      },
    ]),
  );
  const metadata = {
    vulnerabilities: { ...countsOf(report), total: report.length },
    dependencies: { total },
  };
  return JSON.stringify({ auditReportVersion: 2, vulnerabilities, metadata }, null, 2);
}
