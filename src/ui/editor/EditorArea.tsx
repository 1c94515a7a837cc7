import { refusalText } from "../attempt/refusals.ts";
import { inline } from "../prose/markdown.tsx";
import { useText } from "../text/context.ts";
import { useBench } from "../workbench/bench.ts";
import { toast } from "../workbench/bench.ts";
import { isDirty, type Document, type FileDocument } from "./documents.ts";
import { MonacoHost } from "./MonacoHost.tsx";
import { Patch } from "./Patch.tsx";

const nameOf = (path: string) => path.slice(path.lastIndexOf("/") + 1);

function DocumentTabs() {
  const { documents } = useBench();
  const t = useText();
  const current = documents.current.value;
  const all = documents.open.value;
  const onKeyDown = (event: KeyboardEvent) => {
    const here = all.findIndex(({ path }) => path === current);
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const next = step === 0 ? undefined : all[(here + step + all.length) % all.length];
    if (event.key === "Delete" && current) documents.close(current);
    if (!next) return;
    documents.current.value = next.path;
    const tabs = (event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[role="tab"]');
    tabs[all.indexOf(next)]?.focus();
    event.preventDefault();
  };
  if (all.length === 0) return null;
  return (
    <div class="doc-tabs">
      <div role="tablist" aria-label={t("Open files")} onKeyDown={onKeyDown}>
        {all.map((document) => (
          <button
            type="button"
            role="tab"
            key={document.path}
            class="doc-tab"
            aria-selected={document.path === current}
            aria-controls="document"
            tabIndex={document.path === current ? 0 : -1}
            data-deleted={document.kind === "file" && document.deleted}
            onClick={() => (documents.current.value = document.path)}
            onAuxClick={() => documents.close(document.path)}
          >
            {nameOf(document.path)}
            {isDirty(document) && (
              <span class="unsaved" role="img" aria-label={t("not saved")}>
                ●
              </span>
            )}
          </button>
        ))}
      </div>
      <span class="spring" />
      <CompareButton />
      <CloseButton />
    </div>
  );
}

function CompareButton() {
  const { documents } = useBench();
  const t = useText();
  const document = documents.open.value.find(({ path }) => path === documents.current.value);
  if (document?.kind !== "file" || document.binary) return null;
  const { compared } = documents;
  return (
    <button
      type="button"
      class="quiet small"
      aria-pressed={compared.value}
      onClick={() => (compared.value = !compared.value)}
    >
      {t("Compare with HEAD")}
    </button>
  );
}

function CloseButton() {
  const { documents } = useBench();
  const t = useText();
  const document = documents.open.value.find(({ path }) => path === documents.current.value);
  if (!document || (document.kind === "file" && document.waiting)) return null;
  return (
    <button type="button" class="quiet small" onClick={() => documents.close(document.path)}>
      {t("Close")}
    </button>
  );
}

function WaitingBar({ document }: { readonly document: FileDocument }) {
  const bench = useBench();
  const t = useText();
  const finish = async (save: boolean) => {
    const refusal = await bench.documents.finish(document.path, save);
    if (refusal) {
      toast(bench, { tone: "notyet", text: refusal.message });
      bench.refused.value = refusalText(bench.t, refusal.message);
    } else bench.focus.terminal?.();
  };
  return (
    <div class="editor-bar" data-tone="action">
      <span>{t("The terminal waits for this file.")}</span>
      <button type="button" class="button primary" onClick={() => void finish(true)}>
        {t("Save and close")}
      </button>
      <button type="button" class="button" onClick={() => void finish(false)}>
        {t("Close without saving")}
      </button>
    </div>
  );
}

function ConflictBar({ document }: { readonly document: FileDocument }) {
  const { documents } = useBench();
  const t = useText();
  return (
    <div class="editor-bar" data-tone="notyet">
      <span>
        <strong>{nameOf(document.path)}</strong> {t("changed on disk while you edited it.")}
      </span>
      <button type="button" class="button" onClick={() => documents.keepMine(document.path)}>
        {t("Keep mine")}
      </button>
      <button type="button" class="button" onClick={() => documents.takeTheirs(document.path)}>
        {t("Take the one on disk")}
      </button>
    </div>
  );
}

function Bars({ document }: { readonly document: Document }) {
  const t = useText();
  if (document.kind !== "file") return null;
  return (
    <>
      {document.theirs && <ConflictBar document={document} />}
      {document.waiting && <WaitingBar document={document} />}
      {document.deleted && (
        <div class="editor-bar" data-tone="notyet">
          <span>{t("This file is no longer on disk. Saving writes it again.")}</span>
        </div>
      )}
    </>
  );
}

export function EditorArea() {
  const { documents } = useBench();
  const t = useText();
  const document = documents.open.value.find(({ path }) => path === documents.current.value);
  return (
    <div class="editor-area">
      <DocumentTabs />
      {document && <Bars document={document} />}
      <div id="document" class="document">
        {!document && (
          <p class="empty">{inline(t("Open a file from the tree, or with `code FILE` in the terminal."))}</p>
        )}
        {document?.kind === "patch" && <Patch detail={document.detail} />}
        {document?.kind === "file" && document.binary && <p class="empty">{t("This file is not text.")}</p>}
        {documents.open.value.some(({ kind }) => kind === "file") && (
          <MonacoHost shown={document?.kind === "file" && !document.binary ? document : null} />
        )}
      </div>
    </div>
  );
}
