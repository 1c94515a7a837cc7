/** `npm ls`: what is installed, as a tree. https://docs.npmjs.com/cli/commands/npm-ls */
import type { ExecResult } from "just-bash/browser";
import { result } from "../lib/invocation.ts";
import { failed, type NpmCall } from "./call.ts";
import { installedTree } from "./rebuild.ts";
import { isValid, target, type Edge, type TreeNode } from "./tree/node.ts";

export async function list(call: NpmCall): Promise<ExecResult> {
  const root = await installedTree(call);
  const depth = call.config.has("all") ? Infinity : Number(call.config.get("depth") ?? 0);
  const problems: string[] = [];
  const lines = [
    `${root.manifest.name}@${root.version} ${call.prefix}`,
    ...branch(root, "", depth, new Set([root]), problems),
  ];
  if (lines.length === 1) lines.push("└── (empty)");
  const text = `${lines.join("\n")}\n\n`;
  return problems.length === 0 ? result(text) : { ...failed("ELSPROBLEMS", problems), stdout: text };
}

function branch(
  node: TreeNode,
  indent: string,
  depth: number,
  seen: Set<TreeNode>,
  problems: string[],
): string[] {
  if (depth < 0) return [];
  const edges = node.edges.filter(
    (edge) => target(edge) || (edge.kind !== "optional" && edge.kind !== "peerOptional"),
  );
  return edges.flatMap((edge, i) => {
    const last = i === edges.length - 1;
    const to = target(edge);
    const deeper =
      to && !seen.has(to)
        ? branch(to, `${indent}${last ? "  " : "│ "}`, depth - 1, new Set([...seen, to]), problems)
        : [];
    return [
      `${indent}${last ? "└" : "├"}─${deeper.length > 0 ? "┬" : "─"} ${label(edge, to, problems)}`,
      ...deeper,
    ];
  });
}

function label(edge: Edge, to: TreeNode | undefined, problems: string[]): string {
  if (!to) {
    const owner = edge.from.manifest;
    problems.push(`missing: ${edge.name}@${edge.text}, required by ${owner.name}@${owner.version}`);
    return `UNMET DEPENDENCY ${edge.name}@${edge.text}`;
  }
  const about = `${to.manifest.name}@${to.version}`;
  if (isValid(edge)) return about;
  problems.push(`invalid: ${about} ${to.location}`);
  return `${about} invalid: "${edge.text}" from the root project`;
}
