/** What passed, mark by mark, with the checks behind each. */
import type { CheckResult, Mark } from "../../worker/protocol.ts";
import { useText } from "../text/context.ts";
import { said } from "../text/said.ts";
import { VerdictGlyph } from "../workbench/VerdictGlyph.tsx";

const NAMES: readonly (readonly [Mark, string])[] = [
  ["contained", said("Contained")],
  ["clean", said("Clean")],
  ["continuous", said("Continuous")],
  ["prevented", said("Prevented")],
  ["answered", said("Answered")],
];

interface MarkColumnProps {
  readonly name: string;
  readonly checks: readonly CheckResult[];
  readonly extra?: boolean;
}

function MarkColumn({ name, checks, extra = false }: MarkColumnProps) {
  const t = useText();
  const good = checks.every(({ verdict }) => verdict === "pass");
  return (
    <div class="mark-column">
      {checks.length === 0 ? (
        <span class="mark-dash" aria-hidden="true">
          –
        </span>
      ) : (
        <VerdictGlyph shown={good ? "pass" : extra ? "extra" : "not-yet"} />
      )}
      <div>
        <h2>{name}</h2>
        {checks.length === 0 && <p>{t("not asked")}</p>}
        {checks.map(({ id, title, verdict }) => (
          <p key={id}>{verdict === "pass" ? title : t("{title}: not this time", { title })}</p>
        ))}
      </div>
    </div>
  );
}

export function MarksRow({ checks }: { readonly checks: readonly CheckResult[] }) {
  const t = useText();
  const required = checks.filter((check) => check.required);
  const extra = checks.filter((check) => !check.required);
  const shown = NAMES.filter(
    ([mark]) => mark !== "answered" || required.some((check) => check.mark === mark),
  );
  return (
    <div class="debrief-marks">
      {shown.map(([mark, name]) => (
        <MarkColumn key={mark} name={t(name)} checks={required.filter((check) => check.mark === mark)} />
      ))}
      {extra.length > 0 && <MarkColumn name={t("Extra")} checks={extra} extra />}
    </div>
  );
}
