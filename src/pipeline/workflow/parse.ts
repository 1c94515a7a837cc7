/**
 * Reads a workflow file with GitHub's own parser: schema, contexts and functions where they are allowed, needs.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
 */
import {
  convertWorkflowTemplate,
  NoOperationTraceWriter,
  parseWorkflow,
  type TemplateParseResult,
} from "@actions/workflow-parser";
import { TemplateToken } from "@actions/workflow-parser/templates/tokens/template-token";
import type {
  BasicExpressionToken,
  LiteralToken,
  MappingToken,
  SequenceToken,
} from "@actions/workflow-parser/templates/tokens/index";
import { TokenType } from "@actions/workflow-parser/templates/tokens/types";
import type { Problem } from "../../world/services/forge/actions/model.ts";
import { callsIn } from "../expression/evaluate.ts";
import { FUNCTION_NAMES } from "../expression/functions.ts";
import { expressionOf, splitTemplate } from "../expression/template.ts";
import { tooManyAliases } from "./aliases.ts";
import { multilineTexts, type MultilineTexts } from "./multiline.ts";
import type { Mapping, Node, Place } from "./node.ts";

export type Parsed =
  | { readonly ok: true; readonly root: Mapping }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** As large as a workflow may be. */
const MOST_CHARACTERS = 512 * 1024;

export async function parse(file: string, text: string): Promise<Parsed> {
  const refused = refusal(text);
  if (refused !== null) return failed([{ file, line: 1, column: 1, message: refused }]);
  try {
    return await read(file, text);
  } catch {
    // What the library cannot take (a map as a key, dates) it throws at; its words come from the engine.
    return failed([{ file, line: 1, column: 1, message: "The workflow file could not be read." }]);
  }
}

function refusal(text: string): string | null {
  if (text.length > MOST_CHARACTERS) return "The workflow file is larger than 512 kB.";
  return tooManyAliases(text) ? "The workflow file expands to too many nodes through aliases." : null;
}

async function read(file: string, text: string): Promise<Parsed> {
  const { context, value } = parseWorkflow({ name: file, content: text }, new NoOperationTraceWriter());
  if (value) {
    forgiveDispatch(context, value);
    await convertWorkflowTemplate(context, value);
  }
  const problems = context.errors.getErrors().map(({ rawMessage, range }) => ({
    file,
    line: range?.start.line ?? 1,
    column: range?.start.column ?? 1,
    message: rawMessage,
  }));
  if (problems.length > 0) return failed(problems);
  const root = value && toNode(value, multilineTexts(text));
  if (root?.kind !== "mapping")
    return failed([{ file, line: 1, column: 1, message: "A workflow is a mapping." }]);
  const unknown = unknownCalls(file, root);
  return unknown.length > 0 ? failed(unknown) : { ok: true, root };
}

/** The library's schema (0.3.61) does not know `on: repository_dispatch` without a mapping. */
function forgiveDispatch({ errors }: TemplateParseResult["context"], root: TemplateToken): void {
  const on = root.templateTokenType === TokenType.Mapping ? (root as MappingToken).find("on") : undefined;
  const places = on ? [...TemplateToken.traverse(on)].map(([, { line, col }]) => `${line}:${col}`) : [];
  const isReal = ({ rawMessage, range }: ReturnType<typeof errors.getErrors>[number]) =>
    rawMessage !== "Unexpected value 'repository_dispatch'" ||
    !places.includes(`${range?.start.line}:${range?.start.column}`);
  const kept = errors.getErrors().filter(isReal);
  errors.clear();
  errors.add(kept);
}

function failed(problems: readonly Problem[]): Parsed {
  const seen = new Set<string>();
  return {
    ok: false,
    problems: problems.filter(({ line, column, message }) => {
      const key = `${line}:${column}:${message}`;
      return !seen.has(key) && seen.add(key);
    }),
  };
}

function toNode(token: TemplateToken, texts: MultilineTexts): Node {
  const place: Place = { line: token.line ?? 1, column: token.col ?? 1 };
  switch (token.templateTokenType) {
    case TokenType.Sequence: {
      const items = [...(token as SequenceToken)].map((item) => toNode(item, texts));
      return { kind: "sequence", items, ...place };
    }
    case TokenType.Mapping: {
      const entries = [...(token as MappingToken)].map(({ key, value }) => ({
        key: key.toString(),
        value: toNode(value, texts),
        line: key.line ?? place.line,
        column: key.col ?? place.column,
      }));
      return { kind: "mapping", entries, ...place };
    }
    case TokenType.BasicExpression:
      return { kind: "expression", expression: expressionIn(token as BasicExpressionToken, texts), ...place };
    case TokenType.Null:
      return { kind: "literal", value: null, text: "", ...place };
    default: {
      const { value } = token as unknown as { value: string | number | boolean };
      return { kind: "literal", value, text: (token as LiteralToken).toString(), ...place };
    }
  }
}

/** Of texts over several lines the library takes the source, indentation included: the value is looked up. */
function expressionIn(token: BasicExpressionToken, texts: MultilineTexts): string {
  const text = texts.get(`${token.line}:${token.col}`);
  return text === undefined ? token.expression : expressionOf(splitTemplate(text));
}

/** The library takes `constructor(…)` for a function: it looks names up in an object. */
function unknownCalls(file: string, node: Node): Problem[] {
  if (node.kind === "sequence") return node.items.flatMap((item) => unknownCalls(file, item));
  if (node.kind === "mapping")
    return node.entries.flatMap(({ key, value }) =>
      key === "if" && value.kind === "literal"
        ? unknownCallsIn(file, value, value.text)
        : unknownCalls(file, value),
    );
  return node.kind === "expression" ? unknownCallsIn(file, node, node.expression) : [];
}

function unknownCallsIn(file: string, { line, column }: Place, expression: string): Problem[] {
  return callsIn(expression)
    .filter((name) => !FUNCTION_NAMES.includes(name))
    .map((name) => ({ file, line, column, message: `Unrecognized function: '${name}'` }));
}
