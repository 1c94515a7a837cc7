/** Export, import and reset: progress lives in this browser only, one file moves it. */
import { useRef, useState } from "preact/hooks";
import type { Text } from "../text/text.ts";
import { Dialog } from "../workbench/Dialog.tsx";
import { Icon } from "../workbench/Icon.tsx";
import { exportProgress, importProgress, importSentences, reset } from "./actions.ts";
import { labOf, type Catalog } from "./catalog.ts";
import type { PageState } from "./page-state.ts";

interface TakeAlongProps {
  readonly t: Text;
  readonly catalog: Catalog;
  readonly state: PageState;
}

interface ResetProps extends TakeAlongProps {
  readonly onDone: (sentence: string | null) => void;
}

function ResetDialog({ t, catalog, state, onDone }: ResetProps) {
  const [lab, setLab] = useState("");
  const { results, visits } = state.kept.value;
  const begun = [...new Set([...results, ...visits].map((record) => record.lab))];
  const title = (id: string) => labOf(catalog, id)?.title ?? id;
  const forget = async () => {
    await reset(state, lab || null);
    onDone(lab ? t("Progress of {lab} is gone.", { lab: title(lab) }) : t("All progress is gone."));
  };
  return (
    <Dialog title={t("Forget progress?")} onClose={() => onDone(null)}>
      <p>
        {t("Results and attempts are deleted from this browser. Nobody else has them; an export keeps them.")}
      </p>
      <label class="reset-choice">
        <span>{t("Of which lab")}</span>
        <select value={lab} onChange={(event) => setLab(event.currentTarget.value)}>
          <option value="">{t("All labs")}</option>
          {begun.map((id) => (
            <option value={id}>{title(id)}</option>
          ))}
        </select>
      </label>
      <div class="choices">
        <button type="button" class="button" data-safe onClick={() => onDone(null)}>
          {t("Keep everything")}
        </button>
        <button type="button" class="button" onClick={() => void exportProgress(state)}>
          {t("Export first")}
        </button>
        <button type="button" class="button" onClick={() => void forget()}>
          {lab ? t("Delete progress of this lab") : t("Delete all progress")}
        </button>
      </div>
    </Dialog>
  );
}

/** What the browser does not do, and what could not be read. */
function Storage({ t, state }: Pick<TakeAlongProps, "t" | "state">) {
  const { damaged } = state.kept.value;
  return (
    <>
      {state.lasts.value === "visit" && (
        <p class="storage-note">
          {t(
            "This browser stores nothing for this page. Progress is shown for this visit; export it to keep it.",
          )}
        </p>
      )}
      {damaged > 0 && (
        <p class="storage-note">
          {t.many(
            damaged,
            "{n} stored record cannot be read. It is left as it is and counts for nothing.",
            "{n} stored records cannot be read. They are left as they are and count for nothing.",
          )}
        </p>
      )}
    </>
  );
}

export function TakeAlong({ t, catalog, state }: TakeAlongProps) {
  const [asking, setAsking] = useState(false);
  const [news, setNews] = useState<readonly string[]>([]);
  const file = useRef<HTMLInputElement>(null);
  const resetButton = useRef<HTMLButtonElement>(null);
  const live = state.live.value;
  const take = async (input: HTMLInputElement) => {
    const [chosen] = input.files ?? [];
    if (!chosen) return;
    setNews(importSentences(t, await importProgress(state, chosen)));
    input.value = "";
  };
  const done = (sentence: string | null) => {
    setAsking(false);
    if (sentence) setNews([sentence]);
    resetButton.current?.focus();
  };
  return (
    <section aria-labelledby="along">
      <h2 id="along">{t("Take it with you")}</h2>
      <p>{t("Progress lives in this browser only. One file moves it to another.")}</p>
      <Storage t={t} state={state} />
      <div class="along">
        <button type="button" class="button" disabled={!live} onClick={() => void exportProgress(state)}>
          <Icon name="save" /> {t("Export")}
        </button>
        <button type="button" class="button" disabled={!live} onClick={() => file.current?.click()}>
          <Icon name="load" /> {t("Import")}
        </button>
        <button
          type="button"
          class="quiet"
          disabled={!live}
          ref={resetButton}
          onClick={() => setAsking(true)}
        >
          {t("Reset")}
        </button>
        <input
          ref={file}
          type="file"
          hidden
          accept=".json,application/json"
          aria-label={t("Progress file")}
          onChange={(event) => void take(event.currentTarget)}
        />
      </div>
      <div class="news" role="status">
        {news.map((sentence) => (
          <p>{sentence}</p>
        ))}
      </div>
      {asking && <ResetDialog t={t} catalog={catalog} state={state} onDone={done} />}
    </section>
  );
}
