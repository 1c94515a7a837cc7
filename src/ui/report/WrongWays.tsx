/** What to talk about: which wrong ways were met, by how many, and on demand by whom. Never how it is done right. */
import type { ClassReport, LabColumn, MetWay } from "../../report/classReport.ts";
import { useText } from "../text/context.ts";
import type { Naming } from "./naming.ts";

interface WrongWaysProps {
  readonly report: ClassReport;
  readonly naming: Naming;
}

export function WrongWays({ report, naming }: WrongWaysProps) {
  const t = useText();
  const labs = report.labs.filter(({ met }) => met.length > 0);
  if (report.learners.length === 0) return null;
  return (
    <section class="report-ways" aria-labelledby="report-ways">
      <div class="report-head">
        <h2 id="report-ways">{t("Which wrong ways were met")}</h2>
      </div>
      <p class="report-note">
        {labs.length === 0
          ? t("None, at any moment when somebody ran checks or stopped.")
          : t("Met: a check run showed the sentence, or the attempt ends there.")}
      </p>
      {labs.map((lab) => (
        <LabWays key={lab.id} lab={lab} naming={naming} />
      ))}
    </section>
  );
}

function LabWays({ lab, naming }: { readonly lab: LabColumn; readonly naming: Naming }) {
  return (
    <>
      <h3>{lab.title}</h3>
      <ol class="report-met">
        {lab.met.map((way) => (
          <Way key={way.id} way={way} begun={lab.begun} naming={naming} />
        ))}
      </ol>
    </>
  );
}

interface WayProps {
  readonly way: MetWay;
  readonly begun: number;
  readonly naming: Naming;
}

function Way({ way: { sentence, learners }, begun, naming }: WayProps) {
  const t = useText();
  const n = learners.length;
  return (
    <li>
      <span class="report-share">
        <span class="report-bar" aria-hidden="true">
          <i style={`width:${(100 * n) / begun}%`} />
        </span>
        {t.many(begun, "{met} of {n} learner", "{met} of {n} learners", { met: n })}
      </span>
      <div>
        <p class="report-sentence">{withCode(sentence)}</p>
        <details>
          <summary>{t("Who")}</summary>
          <p>{learners.map(naming).join(", ")}</p>
        </details>
      </div>
    </li>
  );
}

/** What stands between backquotes is code. */
function withCode(sentence: string) {
  return sentence.split("`").map((part, i) => (i % 2 === 1 ? <code>{part}</code> : part));
}
