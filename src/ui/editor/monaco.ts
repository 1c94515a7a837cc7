/** Monaco, trimmed: the editor, what a learner needs of its features, and seven languages. Loaded on demand. */
import "monaco-editor/editor/browser/coreCommands.js";
import "monaco-editor/features/bracketMatching/register.js";
import "monaco-editor/features/caretOperations/register.js";
import "monaco-editor/features/clipboard/register.js";
import "monaco-editor/features/comment/register.js";
import "monaco-editor/features/cursorUndo/register.js";
import "monaco-editor/features/diffEditor/register.js";
import "monaco-editor/features/find/register.js";
import "monaco-editor/features/gotoError/register.js";
import "monaco-editor/features/hover/register.js";
import "monaco-editor/features/indentation/register.js";
import "monaco-editor/features/linesOperations/register.js";
import "monaco-editor/features/multicursor/register.js";
// The feature's own register.js lacks the list itself.
import "monaco-editor/editor/contrib/suggest/browser/suggestController.js";
import "monaco-editor/features/toggleTabFocusMode/register.js";
import "monaco-editor/features/wordOperations/register.js";
import "monaco-editor/languages/definitions/ini/register.js";
import "monaco-editor/languages/definitions/javascript/register.js";
import "monaco-editor/languages/definitions/markdown/register.js";
import "monaco-editor/languages/definitions/shell/register.js";
import "monaco-editor/languages/definitions/yaml/register.js";
import * as monaco from "monaco-editor/editor/editor.api.js";
// The bundler makes the default export.
// oxlint-disable-next-line import/default
import EditorWorker from "monaco-editor/editor/editor.worker.js?worker";
import type { Marker } from "../../worker/protocol.ts";
import { DOTENV, isWorkflow, JSON_LANGUAGE, languageOf } from "./languages.ts";

export interface CodeEditor {
  /** The text is taken over when the model is new or `loaded` is another number than before. */
  show(path: string, text: string, loaded: number): void;
  mark(path: string, markers: readonly Marker[]): void;
  goTo(line: number): void;
  /** Shows the text beside another one, line by line; null ends that. The text stays the one that is edited. */
  compare(original: string | null): void;
  setReadOnly(on: boolean): void;
  forgetAllBut(paths: readonly string[]): void;
  focus(): void;
  end(): void;
}

interface Listeners {
  readonly onChange: (path: string, text: string) => void;
  readonly onSave: (path: string) => void;
  /** The name of the editor while it shows a file, for assistive technology. */
  readonly label: (path: string) => string;
}

/** Colours of the page, so that the editor follows day, night and contrast. */
function pageTheme(): monaco.editor.IStandaloneThemeData {
  const style = getComputedStyle(document.documentElement);
  // A minifier may have shortened a colour; the editor takes six digits only.
  const colour = (name: string) =>
    style
      .getPropertyValue(`--${name}`)
      .trim()
      .replace(/^#(.)(.)(.)$/, "#$1$1$2$2$3$3");
  const bare = (name: string) => colour(name).slice(1);
  const night = document.documentElement.dataset["theme"] === "night";
  return {
    base: night ? "vs-dark" : "vs",
    inherit: true,
    rules: [
      { token: "", foreground: bare("ink") },
      { token: "comment", foreground: bare("ink3") },
      { token: "keyword", foreground: bare("action") },
      { token: "string", foreground: bare("pass") },
      { token: "number", foreground: bare("notyet") },
      { token: "type", foreground: bare("action") },
      { token: "tag", foreground: bare("action") },
      { token: "metatag", foreground: bare("ink3") },
      { token: "attribute.name", foreground: bare("ink") },
      { token: "delimiter", foreground: bare("ink2") },
      { token: "variable", foreground: bare("ink") },
    ],
    colors: {
      "editor.background": colour("panel"),
      "editor.foreground": colour("ink"),
      "editorLineNumber.foreground": colour("ink3"),
      "editorLineNumber.activeForeground": colour("ink"),
      "editor.selectionBackground": colour("sel"),
      "editor.inactiveSelectionBackground": colour("sel"),
      "editor.lineHighlightBackground": colour("well"),
      "editor.lineHighlightBorder": colour("well"),
      "editorCursor.foreground": colour("ink"),
      "editorWidget.background": colour("panel"),
      "editorWidget.foreground": colour("ink"),
      "editorWidget.border": colour("rule-strong"),
      "editorHoverWidget.background": colour("panel"),
      "editorHoverWidget.foreground": colour("ink"),
      "editorHoverWidget.border": colour("rule-strong"),
      "input.background": colour("panel"),
      "input.foreground": colour("ink"),
      "input.border": colour("rule-strong"),
      focusBorder: colour("action"),
      "diffEditor.insertedLineBackground": colour("pass-weak"),
      "diffEditor.removedLineBackground": colour("unknown-weak"),
      "diffEditor.insertedTextBackground": colour("pass-weak"),
      "diffEditor.removedTextBackground": colour("unknown-weak"),
      "editorWarning.foreground": colour("notyet"),
      "editorBracketMatch.background": colour("action-weak"),
      "editorBracketMatch.border": colour("action"),
    },
  };
}

/** In forced colours the system's palette rules; the editor brings themes for that. */
function restyle(): void {
  if (matchMedia("(forced-colors: active)").matches) {
    monaco.editor.setTheme(matchMedia("(prefers-color-scheme: dark)").matches ? "hc-black" : "hc-light");
    return;
  }
  monaco.editor.defineTheme("page", pageTheme());
  monaco.editor.setTheme("page");
}

function prepare(): void {
  (self as { MonacoEnvironment?: monaco.Environment }).MonacoEnvironment ??= {
    getWorker: () => new EditorWorker(),
  };
  if (monaco.languages.getLanguages().some(({ id }) => id === "dotenv")) return;
  for (const { id, monarch, configuration } of [DOTENV, JSON_LANGUAGE]) {
    monaco.languages.register({ id });
    monaco.languages.setMonarchTokensProvider(id, monarch);
    monaco.languages.setLanguageConfiguration(id, configuration);
  }
}

function asMarker(marker: Marker): monaco.editor.IMarkerData {
  return {
    severity: monaco.MarkerSeverity.Warning,
    message: marker.message,
    source: marker.rule,
    startLineNumber: marker.line,
    startColumn: marker.column,
    endLineNumber: marker.endLine,
    endColumn: marker.endColumn,
  };
}

const PLAIN_BRACKETS = { enabled: false, independentColorPoolPerBracketType: false };

const OPTIONS: monaco.editor.IStandaloneEditorConstructionOptions = {
  fontFamily: '"Atkinson Hyperlegible Mono Variable", ui-monospace, monospace',
  fontSize: 13,
  fontWeight: "450",
  lineHeight: 20,
  minimap: { enabled: false },
  scrollBeyondLastLine: false,
  renderLineHighlight: "none",
  overviewRulerLanes: 0,
  lineNumbersMinChars: 4,
  folding: false,
  links: false,
  occurrencesHighlight: "off",
  wordBasedSuggestions: "off",
  unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: false, nonBasicASCII: false },
  bracketPairColorization: { enabled: false },
  guides: { indentation: false },
  renderFinalNewline: "on",
  stickyScroll: { enabled: false },
  fixedOverflowWidgets: true,
  automaticLayout: true,
  contextmenu: false,
  padding: { top: 6 },
  accessibilitySupport: "auto",
};

/** The same text beside another one, in one column. */
function createComparison(host: HTMLElement): monaco.editor.IStandaloneDiffEditor {
  return monaco.editor.createDiffEditor(host, {
    ...OPTIONS,
    renderSideBySide: false,
    originalEditable: false,
    renderOverviewRuler: false,
    renderGutterMenu: false,
    diffAlgorithm: "advanced",
    lineDecorationsWidth: 18,
  });
}

/** One box of the host for each of the two editors; one is shown. */
function boxIn(host: HTMLElement): HTMLElement {
  const box = document.createElement("div");
  box.className = "editor-box";
  host.append(box);
  return box;
}

export function createCodeEditor(host: HTMLElement, { onChange, onSave, label }: Listeners): CodeEditor {
  prepare();
  const [plainBox, besideBox] = [boxIn(host), boxIn(host)];
  besideBox.hidden = true;
  const editor = monaco.editor.create(plainBox, { ...OPTIONS, model: null });
  let beside: monaco.editor.IStandaloneDiffEditor | null = null;
  let original: monaco.editor.ITextModel | null = null;
  let endAssistance: (() => void) | null = null;
  restyle();
  // Day, night and contrast are attributes there.
  const looks = new MutationObserver(restyle);
  looks.observe(document.documentElement, { attributes: true });
  const uri = (path: string) => monaco.Uri.file(path);
  const current = () => editor.getModel()?.uri.path ?? null;
  const loads = new Map<string, number>();
  let showing = false;
  editor.onDidChangeModelContent(() => {
    const path = current();
    if (path !== null && !showing) onChange(path, editor.getValue());
  });
  const saveBy = (target: monaco.editor.IStandaloneCodeEditor) =>
    target.addAction({
      id: "leaklab.save",
      label: "Save",
      keybindings: [monaco.KeyMod.CtrlCmd | monaco.KeyCode.KeyS],
      run: () => {
        const path = current();
        if (path !== null) onSave(path);
      },
    });
  saveBy(editor);
  /** The editor that is shown. */
  const front = () => (besideBox.hidden ? editor : (beside?.getModifiedEditor() ?? editor));
  const assist = async () => {
    if (endAssistance) return;
    endAssistance = () => {};
    const { assistWorkflows } = await import("./workflows.ts");
    if (endAssistance) endAssistance = assistWorkflows(monaco);
  };
  const endComparison = () => {
    beside?.setModel(null);
    original?.dispose();
    original = null;
    besideBox.hidden = true;
    plainBox.hidden = false;
  };
  return {
    show(path, text, loaded) {
      const known = monaco.editor.getModel(uri(path));
      const model = known ?? monaco.editor.createModel(text, languageOf(path), uri(path));
      // Brackets keep the page's inks.
      if (!known) model.updateOptions({ bracketColorizationOptions: PLAIN_BRACKETS });
      showing = true;
      if (known && loads.get(path) !== loaded) model.setValue(text);
      loads.set(path, loaded);
      if (editor.getModel() !== model) editor.setModel(model);
      showing = false;
      editor.updateOptions({ ariaLabel: label(path) });
      if (isWorkflow(path)) void assist().catch(() => (endAssistance = null));
    },
    compare(text) {
      const modified = editor.getModel();
      const shown = beside?.getModel();
      if (shown && shown.modified === modified && shown.original.getValue() === text) return;
      endComparison();
      if (text === null || !modified) return;
      if (!beside) {
        beside = createComparison(besideBox);
        saveBy(beside.getModifiedEditor());
      }
      original = monaco.editor.createModel(text, modified.getLanguageId());
      beside.setModel({ original, modified });
      besideBox.hidden = false;
      plainBox.hidden = true;
    },
    mark(path, markers) {
      const model = monaco.editor.getModel(uri(path));
      if (model) monaco.editor.setModelMarkers(model, "leaklab", markers.map(asMarker));
    },
    goTo(line) {
      front().setPosition({ lineNumber: line, column: 1 });
      front().revealLineInCenter(line);
      front().focus();
    },
    setReadOnly(on) {
      editor.updateOptions({ readOnly: on });
      beside?.updateOptions({ readOnly: on });
    },
    forgetAllBut(paths) {
      for (const model of monaco.editor.getModels())
        if (model !== original && !paths.includes(model.uri.path)) model.dispose();
    },
    focus: () => front().focus(),
    end() {
      looks.disconnect();
      endAssistance?.();
      endAssistance = null;
      endComparison();
      beside?.dispose();
      for (const model of monaco.editor.getModels()) model.dispose();
      editor.dispose();
      host.replaceChildren();
    },
  };
}
