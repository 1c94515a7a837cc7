/** The sentences that a source says: the literals in `t("…")`, `t.many(n, "…", "…")` and `said("…")`. */
import ts from "typescript";

export interface Said {
  /** File and line. */
  readonly at: string;
  /** Null where what is said cannot be known from the source: a template with values, a sum of strings. */
  readonly key: string | null;
}

const CALL = /(?<![\w$.])(?:\w+\.)?t(?:\.many)?\s*\(|(?<![\w$.])said\s*\(/g;
/** No call is longer. */
const LONGEST = 4000;

/** Works on each call by itself, so that the markup around it may be anything. */
export function sentencesIn(path: string, source: string): Said[] {
  return [...source.matchAll(CALL)].flatMap(({ index }) => {
    const line = source.slice(0, index).split("\n");
    if (/^\s*(?:\*|\/\/|\/\*)/.test(line.at(-1) ?? "")) return [];
    const call = callAt(source.slice(index, index + LONGEST));
    const keys = call ? keysOf(call) : [];
    return keys.map((key) => ({ at: `${path}:${line.length}`, key }));
  });
}

/** The call that a text begins with; whatever stands behind it is ignored. */
function callAt(text: string): ts.CallExpression | null {
  const [first] = ts.createSourceFile("call.ts", text, ts.ScriptTarget.Latest, true).statements;
  let node: ts.Node | undefined = first;
  let call: ts.CallExpression | null = null;
  while (node) {
    if (ts.isCallExpression(node)) call = node;
    const children: ts.Node[] = [];
    ts.forEachChild(node, (child) => void children.push(child));
    node = children.find((child) => child.getStart() === 0);
  }
  return call;
}

function keysOf(call: ts.CallExpression): (string | null)[] {
  const many = call.expression.getText().endsWith(".many");
  return call.arguments.slice(many ? 1 : 0, many ? 3 : 1).flatMap(literals);
}

/** What stands in data is marked there: `t(label)` gives nothing here. */
function literals(node: ts.Expression): (string | null)[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isParenthesizedExpression(node)) return literals(node.expression);
  if (ts.isConditionalExpression(node)) return [...literals(node.whenTrue), ...literals(node.whenFalse)];
  if (ts.isBinaryExpression(node) && node.operatorToken.kind !== ts.SyntaxKind.PlusToken)
    return [...literals(node.left), ...literals(node.right)];
  return ts.isTemplateExpression(node) || ts.isBinaryExpression(node) ? [null] : [];
}
