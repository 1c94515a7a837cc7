/** npm's words where the peers of a package do not fit. https://docs.npmjs.com/cli/using-npm/config#strict-peer-deps */
import type { ExecResult } from "just-bash/browser";
import { failed } from "../call.ts";
import { edgesTo } from "./edgesTo.ts";
import type { Edge, TreeNode } from "./node.ts";

export function unresolvable(root: TreeNode, edge: Edge, child: TreeNode): ExecResult {
  // Either the edge itself asks for a peer, or what it brings has one that is taken.
  const own = edge.kind.startsWith("peer") ? edge : undefined;
  const peer = own ?? child.edges.find(({ kind, name }) => kind === "peer" && root.resolve(name)) ?? edge;
  const owner = own ? edge.from : child;
  const found = root.resolve(peer.name);
  const lines = [
    "ERESOLVE unable to resolve dependency tree",
    "",
    `While resolving: ${root.manifest.name}@${root.version || "undefined"}`,
    ...(found ? [`Found: ${found.name}@${found.version}`, ...wherefrom(root, found, found.location)] : []),
    "",
    "Could not resolve dependency:",
    `peer ${peer.name}@"${peer.text}" from ${owner.name}@${owner.version}`,
    ...wherefrom(root, owner, `node_modules/${owner.name}`, own ? undefined : edge),
    "",
    "Fix the upstream dependency conflict, or retry this command with --force or --legacy-peer-deps to accept an incorrect (and potentially broken) dependency resolution.",
  ];
  return failed("ERESOLVE", lines);
}

function wherefrom(root: TreeNode, node: TreeNode, location: string, edge?: Edge): string[] {
  const edges = edge ? [edge] : edgesTo(root, node);
  return [
    location,
    ...edges.map(({ from, kind, name, text }) => {
      const kindText = kind === "prod" ? "" : `${kind} `;
      const who = from.isRoot ? "the root project" : `${from.name}@${from.version}`;
      return `  ${kindText}${name}@"${text}" from ${who}`;
    }),
  ];
}
