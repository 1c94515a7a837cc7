import { useState } from "preact/hooks";
import type { FileEntry } from "../../worker/protocol.ts";
import { useText } from "../text/context.ts";
import { said } from "../text/said.ts";
import { useBench } from "../workbench/bench.ts";
import { Icon } from "../workbench/Icon.tsx";
import { focusPanel } from "../workbench/panels.ts";
import { treeRows, type TreeRow } from "./tree.ts";

const LETTERS: Readonly<Record<FileEntry["status"], string>> = {
  clean: "",
  modified: "M",
  added: "A",
  deleted: "D",
  untracked: "U",
  ignored: said("ignored"),
};

/** What a letter does not say by itself. */
const SPOKEN: Readonly<Record<FileEntry["status"], string>> = {
  clean: "",
  modified: said("modified"),
  added: said("added"),
  deleted: said("deleted"),
  untracked: said("untracked"),
  ignored: "",
};

/** Arrow keys move, Enter opens; folders fold with left and right. */
export function FileTree() {
  const bench = useBench();
  const t = useText();
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const [focused, setFocused] = useState<string | null>(null);
  const view = bench.session.view.value;
  const rows = treeRows(view?.files ?? [], bench.page.work, folded);
  const current = rows.some(({ path }) => path === focused) ? focused : rows[0]?.path;
  const fold = (path: string, on: boolean) => {
    const next = new Set(folded);
    if (on) next.add(path);
    else next.delete(path);
    setFolded(next);
  };
  const open = (row: TreeRow) => {
    if (row.kind === "directory") fold(row.path, !folded.has(row.path));
    else if (row.status !== "deleted")
      void bench.documents.openFile(row.path).then(() => focusPanel(bench, "editor"));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const here = rows.findIndex(({ path }) => path === current);
    const row = rows[here];
    const targets: Record<string, number> = {
      ArrowDown: here + 1,
      ArrowUp: here - 1,
      Home: 0,
      End: rows.length - 1,
    };
    const next = rows[targets[event.key] ?? -1];
    if (next)
      (event.currentTarget as HTMLElement)
        .querySelector<HTMLElement>(`[data-path="${CSS.escape(next.path)}"]`)
        ?.focus();
    else if (row && (event.key === "Enter" || event.key === " ")) open(row);
    else if (row?.kind === "directory" && event.key === "ArrowLeft") fold(row.path, true);
    else if (row?.kind === "directory" && event.key === "ArrowRight") fold(row.path, false);
    else return;
    event.preventDefault();
  };
  return (
    <div class="file-tree" role="tree" aria-label={t("Files")} aria-busy={!view} onKeyDown={onKeyDown}>
      {rows.map((row) => (
        <div
          key={row.path}
          role="treeitem"
          class="tree-row"
          aria-level={row.depth + 1}
          aria-expanded={row.kind === "directory" ? !folded.has(row.path) : undefined}
          aria-selected={row.path === bench.documents.current.value}
          tabIndex={row.path === current ? 0 : -1}
          data-path={row.path}
          data-focus={row.path === current ? "" : undefined}
          data-status={row.status}
          style={{ paddingLeft: `${10 + row.depth * 15}px` }}
          onFocus={() => setFocused(row.path)}
          onClick={() => open(row)}
        >
          <Icon name={row.kind === "directory" ? "folder" : "file"} size={14} />
          <span class="name" title={row.name}>
            {row.name}
          </span>
          <span class="letter">{t(LETTERS[row.status])}</span>
          <span class="sr-only">{row.kind === "directory" ? t("folder") : t(SPOKEN[row.status])}</span>
        </div>
      ))}
      {rows.length === 0 && (
        <div role="treeitem" tabIndex={0} class="empty">
          {view ? t("No files") : t("Files appear here.")}
        </div>
      )}
    </div>
  );
}
