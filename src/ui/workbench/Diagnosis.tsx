import { inline } from "../prose/markdown.tsx";
import { useText } from "../text/context.ts";
import { useBench, type ShownDiagnosis } from "./bench.ts";
import { undo } from "./commands.ts";
import { actsSince } from "../attempt/file.ts";
import { EvidenceLink } from "./EvidenceLink.tsx";
import { Icon } from "./Icon.tsx";

/** A mistake that cannot be mended can be taken back. */
function UndoOffer({ undoTo }: { readonly undoTo: number }) {
  const bench = useBench();
  const t = useText();
  return (
    <div class="offer">
      <span>{t("This can be taken back here.")}</span>
      <button
        type="button"
        class="link-button"
        onClick={() => void undo(bench, actsSince(bench.session.entries.value, undoTo))}
      >
        {t("Undo to before it")}
      </button>
    </div>
  );
}

/** The third time in a row the page offers the next hint; it opens nothing by itself. */
function HintOffer({ times }: { readonly times: number }) {
  const bench = useBench();
  const t = useText();
  const hint = Math.min(bench.session.hints.value.open + 1, bench.page.hints.length);
  return (
    <div class="offer">
      <Icon name="hint" />
      <span>
        {times === 3
          ? t("Same cause three times. Hint {n} is about this.", { n: hint })
          : t("Same cause again. Hint {n} is about this.", { n: hint })}
      </span>
      <button type="button" class="link-button" onClick={() => (bench.dialog.value = "hints")}>
        {t("Open")}
      </button>
    </div>
  );
}

export function DiagnosisCard({ item }: { readonly item: ShownDiagnosis }) {
  const { page } = useBench();
  const { diagnosis, evidence, times } = item;
  const { undoTo } = diagnosis;
  return (
    <div class="diagnosis">
      <p class="finding">{inline(diagnosis.message)}</p>
      {diagnosis.why !== "" && <p class="why">{inline(diagnosis.why)}</p>}
      {evidence.map((numbered) => (
        <EvidenceLink
          item={numbered}
          ambiguous={evidence.filter((other) => other.evidence.at === numbered.evidence.at).length > 1}
        />
      ))}
      {undoTo !== undefined && <UndoOffer undoTo={undoTo} />}
      {times >= 3 && page.hints.length > 0 && <HintOffer times={times} />}
    </div>
  );
}
