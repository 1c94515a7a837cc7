import { useBench, type Numbered } from "./bench.ts";
import { showEvidence } from "./evidence.ts";
import { Icon } from "./Icon.tsx";
import { surfaceName } from "./surfaces.ts";

export function Tag({ number }: { readonly number: number }) {
  return (
    <span class="tag">
      <span class="sr-only">, evidence </span>
      {number}
    </span>
  );
}

interface EvidenceLinkProps {
  readonly item: Numbered;
  /** Another place reads the same: the surface tells them apart. */
  readonly ambiguous: boolean;
}

export function EvidenceLink({ item, ambiguous }: EvidenceLinkProps) {
  const bench = useBench();
  return (
    <div class="evidence">
      <Tag number={item.number} />
      <span class="place">
        <code>{item.evidence.at}</code>
        {ambiguous && ` ${surfaceName(item.evidence.surface).toLowerCase()}`}
      </span>
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
