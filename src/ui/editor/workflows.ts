/**
 * Help with workflow files, from GitHub's own language service: completion, explanations and problems, as in its
 * editors. Loaded when the first workflow opens. https://github.com/actions/languageservices
 */
import { complete, hover, validate } from "@actions/languageservice";
import type * as monaco from "monaco-editor/editor/editor.api.js";
import { TextDocument } from "vscode-languageserver-textdocument";
import { isWorkflow } from "./languages.ts";
import type { CompletionItem, MarkupContent, Range } from "vscode-languageserver-types";

type Monaco = typeof monaco;
type Model = monaco.editor.ITextModel;

const OWNER = "workflow";

function documentOf(model: Model): TextDocument {
  return TextDocument.create(model.uri.toString(), "yaml", model.getVersionId(), model.getValue());
}

/** The editor counts from 1, the service from 0. */
function positionOf({ lineNumber, column }: monaco.Position) {
  return { line: lineNumber - 1, character: column - 1 };
}

function rangeOf({ start, end }: Range): monaco.IRange {
  return {
    startLineNumber: start.line + 1,
    startColumn: start.character + 1,
    endLineNumber: end.line + 1,
    endColumn: end.character + 1,
  };
}

function markdownOf(text: string | MarkupContent | undefined): monaco.IMarkdownString | undefined {
  return text === undefined ? undefined : { value: typeof text === "string" ? text : text.value };
}

/** 2 in the protocol says that the text has places to fill in. */
const SNIPPET = 2;

function suggestionOf(
  { languages }: Monaco,
  item: CompletionItem,
  fallback: monaco.IRange,
): monaco.languages.CompletionItem {
  const edit = item.textEdit;
  const range = edit && "range" in edit ? rangeOf(edit.range) : fallback;
  return {
    label: item.label,
    kind: languages.CompletionItemKind.Property,
    insertText: edit?.newText ?? item.insertText ?? item.label,
    insertTextRules:
      item.insertTextFormat === SNIPPET ? languages.CompletionItemInsertTextRule.InsertAsSnippet : 0,
    range,
    detail: item.detail,
    documentation: markdownOf(item.documentation),
    sortText: item.sortText,
    filterText: item.filterText,
  };
}

function wordRange(model: Model, position: monaco.Position): monaco.IRange {
  const { startColumn, endColumn } = model.getWordUntilPosition(position);
  const { lineNumber } = position;
  return { startLineNumber: lineNumber, endLineNumber: lineNumber, startColumn, endColumn };
}

/** Shows the problems of a workflow as warnings; a text that changed meanwhile is asked about again by its change. */
async function mark(api: Monaco, model: Model): Promise<void> {
  const version = model.getVersionId();
  const problems = await validate(documentOf(model));
  if (model.isDisposed() || model.getVersionId() !== version) return;
  const markers = problems.map(({ range, message }) => ({
    ...rangeOf(range),
    message: typeof message === "string" ? message : message.value,
    severity: api.MarkerSeverity.Warning,
    source: OWNER,
  }));
  api.editor.setModelMarkers(model, OWNER, markers);
}

function watch(api: Monaco, model: Model): void {
  if (!isWorkflow(model.uri.path)) return;
  void mark(api, model);
  // A model that is gone says nothing more: its listener goes with it.
  model.onDidChangeContent(() => void mark(api, model));
}

/** Helps with every workflow that is open or will be, until it is ended. */
export function assistWorkflows(api: Monaco): () => void {
  const completion = api.languages.registerCompletionItemProvider("yaml", {
    triggerCharacters: [" ", ".", "{", "-", ":"],
    provideCompletionItems: async (model, position) => {
      if (!isWorkflow(model.uri.path)) return { suggestions: [] };
      const items = await complete(documentOf(model), positionOf(position));
      const fallback = wordRange(model, position);
      return { suggestions: items.map((item) => suggestionOf(api, item, fallback)) };
    },
  });
  const explanation = api.languages.registerHoverProvider("yaml", {
    provideHover: async (model, position) => {
      if (!isWorkflow(model.uri.path)) return null;
      const told = await hover(documentOf(model), positionOf(position));
      const value = markdownOf(told?.contents as MarkupContent | undefined);
      return value ? { contents: [value] } : null;
    },
  });
  for (const model of api.editor.getModels()) watch(api, model);
  const models = api.editor.onDidCreateModel((model) => watch(api, model));
  return () => [completion, explanation, models].forEach((part) => part.dispose());
}
