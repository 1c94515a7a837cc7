/** Where files come in: dropped anywhere on the page, or chosen. */
import { useEffect, useRef, useState } from "preact/hooks";
import { useText } from "../text/context.ts";
import { Icon } from "../workbench/Icon.tsx";
import { chosen, dropped, type Placed } from "./handIn.ts";

interface DropAreaProps {
  readonly onFiles: (files: Promise<readonly Placed[]>) => void;
  /** There is a table below already. */
  readonly compact: boolean;
}

export function DropArea({ onFiles, compact }: DropAreaProps) {
  const t = useText();
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const over = useDrops(onFiles);
  useEffect(() => folder.current?.setAttribute("webkitdirectory", ""), []);
  const onChange = (event: Event) => {
    const input = event.currentTarget as HTMLInputElement;
    onFiles(Promise.resolve(chosen(input.files)));
    // The same file may be chosen again.
    input.value = "";
  };
  return (
    <section class="report-drop" data-over={over} data-compact={compact} aria-labelledby="report-drop">
      <h2 id="report-drop">{compact ? t("Add more attempts") : t("Drop attempt files here")}</h2>
      <p>{t("Files that end in .attempt, a folder of them, or a zip archive.")}</p>
      <div class="report-actions">
        <button
          type="button"
          class={compact ? "button" : "button primary"}
          onClick={() => files.current?.click()}
        >
          <Icon name="file" />
          {t("Choose files")}
        </button>
        <button type="button" class="button" onClick={() => folder.current?.click()}>
          <Icon name="folder" />
          {t("Choose a folder")}
        </button>
      </div>
      <input
        ref={files}
        type="file"
        multiple
        accept=".attempt,.zip"
        hidden
        data-chooses="files"
        onChange={onChange}
      />
      <input ref={folder} type="file" multiple hidden data-chooses="folder" onChange={onChange} />
    </section>
  );
}

/** The whole window takes files; true while something hangs over it. */
function useDrops(onFiles: DropAreaProps["onFiles"]): boolean {
  const [over, setOver] = useState(false);
  const take = useRef(onFiles);
  take.current = onFiles;
  useEffect(() => {
    const hover = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      if (!event.dataTransfer) return;
      event.preventDefault();
      setOver(false);
      take.current(dropped(event.dataTransfer));
    };
    addEventListener("dragover", hover);
    addEventListener("dragleave", leave);
    addEventListener("drop", drop);
    return () => {
      removeEventListener("dragover", hover);
      removeEventListener("dragleave", leave);
      removeEventListener("drop", drop);
    };
  }, []);
  return over;
}
