import { inline } from "../prose/markdown.tsx";
import { useBench, type ShownDiagnosis } from "./bench.ts";
import { undo } from "./commands.ts";
import { actsSince } from "../attempt/file.ts";
import { EvidenceLink } from "./EvidenceLink.tsx";
import { Icon } from "./Icon.tsx";

export function DiagnosisCard({ item }: { readonly item: ShownDiagnosis }) {
  const bench = useBench();
  const { diagnosis, evidence, times } = item;
  const { open } = bench.session.hints.value;
  const hint = Math.min(open + 1, bench.page.hints.length);
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
      {undoTo !== undefined && (
        <div class="offer">
          <span>This can be taken back here.</span>
          <button
            type="button"
            class="link-button"
            onClick={() => void undo(bench, actsSince(bench.session.entries.value, undoTo))}
          >
            Undo to before it
          </button>
        </div>
      )}
      {times >= 3 && bench.page.hints.length > 0 && (
        <div class="offer">
          <Icon name="hint" />
          <span>
            Same cause {times === 3 ? "three" : times} times. Hint {hint} is about this.
          </span>
          <button type="button" class="link-button" onClick={() => (bench.dialog.value = "hints")}>
            Open
          </button>
        </div>
      )}
    </div>
  );
}
