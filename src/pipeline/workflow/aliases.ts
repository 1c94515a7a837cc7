/** A few lines of YAML can name each other into billions of nodes: their number is counted before anybody expands them. */
import { isAlias, isCollection, isPair, parseDocument, type Document, type Node } from "yaml";

const MOST_NODES = 50_000;

export function tooManyAliases(text: string): boolean {
  if (!/(^|[\s[{,:-])\*[^\s*]/.test(text)) return false;
  const document = parseDocument(text, { uniqueKeys: false });
  if (document.errors.length > 0 || document.contents === null) return false;
  return sizeOf(document.contents, document, new Map(), new Set()) > MOST_NODES;
}

/** Nodes below a node once all aliases are expanded; an alias within itself counts as too many. */
function sizeOf(node: unknown, document: Document, known: Map<unknown, number>, open: Set<unknown>): number {
  if (isPair(node))
    return sizeOf(node.key, document, known, open) + sizeOf(node.value, document, known, open);
  if (isAlias(node)) {
    const target = node.resolve(document as never);
    return target && !open.has(target) ? sizeOf(target, document, known, open) : MOST_NODES + 1;
  }
  if (!isCollection(node)) return 1;
  const before = known.get(node);
  if (before !== undefined) return before;
  open.add(node);
  const size = (node.items as Node[]).reduce((sum, item) => sum + sizeOf(item, document, known, open), 1);
  open.delete(node);
  known.set(node, size);
  return size;
}
