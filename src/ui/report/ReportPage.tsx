/** The report of a class: attempt files in, a table out. Everything happens in this tab. */
import { useSignal } from "@preact/signals";
import { useState } from "preact/hooks";
import { reportCsv } from "../../report/csv.ts";
import { reportJson } from "../../report/reportJson.ts";
import { useText } from "../text/context.ts";
import { DropArea } from "./DropArea.tsx";
import { Gathering, type Means } from "./gathering.ts";
import { handIn, type Placed } from "./handIn.ts";
import { Matrix } from "./Matrix.tsx";
import { createNaming } from "./naming.ts";
import { NotGraded } from "./NotGraded.tsx";
import { saveText } from "./saveText.ts";
import { WrongWays } from "./WrongWays.tsx";

export function ReportPage({ means }: { readonly means: Means }) {
  const t = useText();
  const [gathering] = useState(() => new Gathering(means));
  const hidden = useSignal(false);
  const take = async (files: Promise<readonly Placed[]>) => gathering.add(await handIn(await files));
  const report = gathering.report.value;
  const { learners, labs, refused } = report;
  const naming = createNaming(t, report, hidden.value);
  const something = learners.length > 0 || refused.length > 0 || gathering.progress.value !== null;
  return (
    <>
      <DropArea onFiles={(files) => void take(files)} compact={something} />
      <Standing gathering={gathering} />
      {learners.length > 0 && (
        <section aria-labelledby="report-table">
          <div class="report-head">
            <h2 id="report-table">{t("Learners and labs")}</h2>
            <p class="report-sum">
              {t.many(learners.length, "{n} learner", "{n} learners")},{" "}
              {t.many(labs.length, "{n} lab", "{n} labs")}
            </p>
            <label class="report-switch">
              <input
                type="checkbox"
                role="switch"
                checked={hidden.value}
                onChange={(event) => (hidden.value = event.currentTarget.checked)}
              />
              {t("Hide names")}
            </label>
          </div>
          <Matrix report={report} naming={naming} />
          <div class="report-actions">
            <button
              type="button"
              class="button"
              onClick={() => saveText("leaklab-report.csv", "text/csv", reportCsv(report))}
            >
              {t("Save as CSV")}
            </button>
            <button
              type="button"
              class="button"
              onClick={() =>
                saveText("leaklab-report.json", "application/json", `${JSON.stringify(reportJson(report))}\n`)
              }
            >
              {t("Save as JSON")}
            </button>
            <button type="button" class="button" onClick={() => print()}>
              {t("Print")}
            </button>
            <button type="button" class="button" onClick={() => gathering.clear()}>
              {t("Put this class away")}
            </button>
            {hidden.value && <p class="report-note">{t("Saved files keep the names.")}</p>}
          </div>
        </section>
      )}
      <WrongWays report={report} naming={naming} />
      <NotGraded refused={refused} hidden={hidden.value} />
    </>
  );
}

function Standing({ gathering }: { readonly gathering: Gathering }) {
  const t = useText();
  const progress = gathering.progress.value;
  const leftOut = gathering.leftOut.value;
  return (
    <div class="report-standing">
      <div role="status">
        {progress && <p>{t("{done} of {all} graded", { done: progress.done, all: progress.all })}</p>}
        {leftOut > 0 && (
          <p class="report-note">
            {t.many(
              leftOut,
              "{n} other file was left out: it is no attempt.",
              "{n} other files were left out: they are no attempts.",
            )}
          </p>
        )}
      </div>
      {progress && (
        <progress aria-label={t("Grading")} value={progress.done} max={Math.max(1, progress.all)} />
      )}
    </div>
  );
}
