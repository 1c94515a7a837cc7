/** Who depends on a node, and is content with it. */
import { isValid, target, walk, type Edge, type TreeNode } from "./node.ts";

export function edgesTo(root: TreeNode, node: TreeNode): Edge[] {
  return [...walk(root)].flatMap(({ edges }) =>
    edges.filter((edge) => edge.name === node.name && target(edge) === node && isValid(edge)),
  );
}
