import { useEffect, useRef, useState } from "preact/hooks";
import { refusalText } from "../attempt/refusals.ts";
import { useText } from "../text/context.ts";
import { useBench, toast, type Bench } from "../workbench/bench.ts";
import type { FileDocument } from "./documents.ts";
import type { CodeEditor } from "./monaco.ts";

const SCAN_AFTER_MS = 300;

async function save(bench: Bench, path: string): Promise<void> {
  const refusal = await bench.documents.save(path);
  if (!refusal) return;
  toast(bench, { tone: "notyet", text: refusal.message });
  bench.refused.value = refusalText(bench.t, refusal.message);
}

/** Findings of the engine in the draft, as the learner writes. */
function useMarkers(bench: Bench, editor: CodeEditor | null, shown: FileDocument | null): void {
  const { path, draft } = shown ?? { path: "", draft: "" };
  useEffect(() => {
    if (!editor || path === "") return;
    const timer = setTimeout(() => {
      if (bench.session.phase.value.at === "running") return;
      bench.session.client?.ask({ ask: "scan", path, content: draft }).then(
        (markers) => editor.mark(path, markers),
        () => {},
      );
    }, SCAN_AFTER_MS);
    return () => clearTimeout(timer);
  }, [editor, path, draft]);
}

/** The code editor, loaded when the first file opens. It shows one document at a time. */
export function MonacoHost({ shown }: { readonly shown: FileDocument | null }) {
  const bench = useBench();
  const t = useText();
  const host = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<CodeEditor | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let made: CodeEditor | null = null;
    let ended = false;
    bench.parts.editor().then(
      ({ createCodeEditor }) => {
        if (ended || !host.current) return;
        made = createCodeEditor(host.current, {
          onChange: (path, text) => bench.documents.change(path, text),
          onSave: (path) => void save(bench, path),
          label: (path) => bench.t("Editor, {path}. Ctrl M lets Tab leave.", { path }),
        });
        bench.focus.editor = () => made?.focus();
        setEditor(made);
      },
      () => setFailed(true),
    );
    return () => {
      ended = true;
      bench.focus.editor = null;
      made?.end();
    };
  }, []);
  useEffect(() => {
    if (!editor || !shown) return;
    // What was typed since this was drawn is newer than it.
    const now = bench.documents.open.peek().find(({ path }) => path === shown.path);
    editor.show(shown.path, now?.kind === "file" ? now.draft : shown.draft, shown.loaded);
    if (bench.focus.wanted) editor.focus();
    bench.focus.wanted = false;
  }, [editor, shown?.path, shown?.loaded]);
  const compared = bench.documents.compared.value;
  useEffect(() => {
    if (!editor || !shown || !compared) return editor?.compare(null);
    let current = true;
    bench.session.client?.ask({ ask: "committed", path: shown.path }).then(
      (file) => current && editor.compare(file?.content ?? ""),
      () => {},
    );
    return () => {
      current = false;
    };
  }, [editor, shown?.path, compared, bench.session.version.value]);
  const readOnly = bench.session.access.value === "reader";
  useEffect(() => editor?.setReadOnly(readOnly), [editor, readOnly]);
  const place = bench.documents.goTo.value;
  useEffect(() => {
    if (editor && place && place.path === shown?.path) editor.goTo(place.line);
  }, [editor, place, shown?.path]);
  const open = bench.documents.open.value;
  useEffect(() => editor?.forgetAllBut(open.map(({ path }) => path)), [editor, open]);
  useMarkers(bench, editor, shown);
  return (
    <>
      <div class="monaco-host" ref={host} hidden={!shown} />
      {failed && <p class="empty">{t("The editor did not load. The terminal works without it.")}</p>}
    </>
  );
}
