import { useText } from "../text/context.ts";
import { useBench, type Numbered } from "./bench.ts";
import { Breakable } from "./Breakable.tsx";
import { showEvidence } from "./evidence.ts";
import { Icon } from "./Icon.tsx";
import { surfaceName } from "./surfaces.ts";

export function Tag({ number }: { readonly number: number }) {
  const t = useText();
  return (
    <span class="tag">
      <span class="sr-only">, {t("evidence")} </span>
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
  const t = useText();
  const { at, surface } = item.evidence;
  const name = t(surfaceName(surface));
  return (
    <div class="evidence">
      <Tag number={item.number} />
      <span class="place">
        <code>
          <Breakable text={at} />
        </code>
        {ambiguous && ` ${t.language === "en" ? name.toLowerCase() : name}`}
      </span>
      <button
        type="button"
        class="link-button"
        name={`evidence-${item.number}`}
        aria-label={t("Show evidence {n}, {place}", { n: item.number, place: at })}
        onClick={() => void showEvidence(bench, item)}
      >
        {t("Show")} <Icon name="chevronRight" />
      </button>
    </div>
  );
}
