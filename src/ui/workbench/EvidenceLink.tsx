import { useBench, type Numbered } from "./bench.ts";
import { showEvidence } from "./evidence.ts";
import { Icon } from "./Icon.tsx";

export function Tag({ number }: { readonly number: number }) {
  return (
    <span class="tag">
      <span class="sr-only">, evidence </span>
      {number}
    </span>
  );
}

export function EvidenceLink({ item }: { readonly item: Numbered }) {
  const bench = useBench();
  return (
    <div class="evidence">
      <Tag number={item.number} />
      <code class="place">{item.evidence.at}</code>
      <button
        type="button"
        class="link-button"
        id={`evidence-${item.number}`}
        aria-label={`Show evidence ${item.number}, ${item.evidence.at}`}
        onClick={() => void showEvidence(bench, item)}
      >
        Show <Icon name="chevronRight" />
      </button>
    </div>
  );
}
