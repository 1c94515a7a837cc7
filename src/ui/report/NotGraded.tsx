/** Files that could not be graded, each with what is wrong and what to do. */
import type { Refusal } from "../../report/refusal.ts";
import { useText } from "../text/context.ts";
import { REFUSAL_WORDS } from "./refusals.ts";

interface NotGradedProps {
  readonly refused: readonly Refusal[];
  /** Paths hold names. */
  readonly hidden: boolean;
}

export function NotGraded({ refused, hidden }: NotGradedProps) {
  const t = useText();
  if (refused.length === 0) return null;
  return (
    <section class="report-refused" aria-labelledby="report-refused">
      <div class="report-head">
        <h2 id="report-refused">{t("Could not be graded")}</h2>
        <p class="report-sum">{t.many(refused.length, "{n} file", "{n} files")}</p>
      </div>
      <ul>
        {refused.map(({ path, code, values }, i) => (
          <li key={`${i} ${path}`}>
            <code>{hidden ? t("File {n}", { n: i + 1 }) : path}</code>
            <p>{t(REFUSAL_WORDS[code], values)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
