import { useEffect, useState } from "preact/hooks";
import { Mark } from "../workbench/Mark.tsx";
import { Breakable } from "../workbench/Breakable.tsx";
import { Tag } from "../workbench/EvidenceLink.tsx";
import { useText } from "../text/context.ts";
import { said } from "../text/said.ts";
import { useBench, type Bench, type Numbered } from "../workbench/bench.ts";
import { lasted } from "./looking.ts";
import { logPlace } from "./place.ts";
import { logRows, maskedParts, type LogRow } from "./logLines.ts";
import { standing, StandingGlyph } from "./status.tsx";

export interface JobStep {
  readonly number: number;
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly started_at: string | null;
  readonly completed_at: string | null;
  readonly log: string | null;
  readonly summary: string | null;
}

interface StepLog {
  readonly step: JobStep;
  readonly rows: readonly LogRow[];
}

/** Row numbers count through the whole job, as in the downloaded log. */
export function stepLogs(steps: readonly JobStep[]): StepLog[] {
  let next = 1;
  return steps.map((step) => {
    const rows = logRows(step.log ?? "", next);
    next += rows.length;
    return { step, rows };
  });
}

/** Evidence that names lines of this job's log, by "step:line". */
function evidenceOf(bench: Bench, run: RunName, job: string): ReadonlyMap<string, Numbered> {
  const found = new Map<string, Numbered>();
  for (const { evidence } of bench.diagnoses.value)
    for (const item of evidence) {
      const place = logPlace(item.evidence.at);
      const here = place && (place.run === run.id || place.run === run.run_number) && place.job === job;
      if (here && place.line !== null) found.set(`${place.step}:${place.line}`, item);
    }
  return found;
}

/** How evidence may call a run. */
interface RunName {
  readonly id: number;
  readonly run_number: number;
}

interface RunLogProps {
  readonly run: RunName;
  readonly job: string;
  readonly steps: readonly JobStep[];
}

export function RunLog({ run, job, steps }: RunLogProps) {
  const bench = useBench();
  const t = useText();
  const [find, setFind] = useState("");
  const [times, setTimes] = useState(false);
  const [shown, setShown] = useState<number | null>(null);
  const evidence = evidenceOf(bench, run, job);
  const logs = stepLogs(steps);
  return (
    <div class="run-log">
      <ul class="step-list" aria-label={t("Steps")}>
        {steps.map((step) => (
          <li key={step.number}>
            <button
              type="button"
              class="step-row"
              aria-current={step.number === shown ? "true" : undefined}
              onClick={() => {
                setShown(step.number);
                scrollTo(step.number);
              }}
            >
              <StandingGlyph of={standing(step.status, step.conclusion)} />
              <span class="step-name">
                <Breakable text={step.name} />
              </span>
              <span class="step-time">{lasted(step.started_at, step.completed_at)}</span>
            </button>
          </li>
        ))}
      </ul>
      <div class="log-side">
        <div class="log-tools">
          <input
            class="panel-field"
            type="search"
            aria-label={t("Find in log")}
            placeholder={t("Find in log")}
            value={find}
            onInput={(event) => setFind(event.currentTarget.value)}
          />
          <button type="button" class="quiet small" aria-pressed={times} onClick={() => setTimes(!times)}>
            {t("Show times")}
          </button>
        </div>
        <div
          class="log scroll"
          data-focus
          tabIndex={0}
          role="group"
          aria-label={t("Log of {job}", { job })}
          onScroll={({ currentTarget }) => setShown(shownStep(currentTarget, shown))}
        >
          {logs.map(({ step, rows }) => (
            <StepRows
              key={step.number}
              step={step}
              rows={rows}
              find={find}
              times={times}
              evidence={evidence}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

/** The step that was shown, as long as it is in view; else the one at the top. */
function shownStep(log: HTMLElement, before: number | null): number | null {
  const { top, bottom } = log.getBoundingClientRect();
  const inView = [...log.querySelectorAll<HTMLElement>("[data-step]")].filter((step) => {
    const box = step.getBoundingClientRect();
    return box.bottom > top + 1 && box.top < bottom;
  });
  const numbers = inView.map((step) => Number(step.dataset["step"]));
  return before !== null && numbers.includes(before) ? before : (numbers[0] ?? null);
}

function scrollTo(step: number): void {
  document.querySelector(`.log [data-step="${step}"]`)?.scrollIntoView({ block: "start" });
}

interface StepRowsProps {
  readonly step: JobStep;
  readonly rows: readonly LogRow[];
  readonly find: string;
  readonly times: boolean;
  readonly evidence: ReadonlyMap<string, Numbered>;
}

function StepRows({ step, rows, find, times, evidence }: StepRowsProps) {
  const t = useText();
  const of = standing(step.status, step.conclusion);
  const wanted = find.toLowerCase();
  const hit = wanted !== "" && rows.some(({ text }) => text.toLowerCase().includes(wanted));
  const pointed = rows.some(({ line }) => evidence.has(`${step.number}:${line}`));
  const [open, setOpen] = useState(of === "failure" || of === "running" || pointed);
  useEffect(() => {
    if (hit || pointed || of === "failure") setOpen(true);
  }, [hit, pointed, of]);
  return (
    <details
      class="log-step"
      data-step={step.number}
      open={open}
      onToggle={(event) => setOpen((event.currentTarget as HTMLDetailsElement).open)}
    >
      <summary>
        <StandingGlyph of={of} /> {step.name}{" "}
        <span class="step-time">{lasted(step.started_at, step.completed_at)}</span>
      </summary>
      {open &&
        (rows.length > 0 ? (
          <Rows step={step.number} rows={rows} find={wanted} times={times} evidence={evidence} />
        ) : (
          <p class="note">{t("No log.")}</p>
        ))}
      {open && step.summary && (
        <>
          <p class="note">{t("Summary, as everybody who can read the run sees it")}</p>
          <pre class="log-summary">{step.summary}</pre>
        </>
      )}
    </details>
  );
}

function Rows({
  step,
  rows,
  find,
  times,
  evidence,
}: Omit<StepRowsProps, "step"> & { readonly step: number }) {
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set());
  const fold = (number: number) => {
    const next = new Set(folded);
    if (!next.delete(number)) next.add(number);
    setFolded(next);
  };
  const shown = rows.filter(({ group }) => group === null || !folded.has(group));
  return (
    <ol class="log-rows">
      {shown.map((row) => (
        <Line
          key={row.number}
          row={row}
          found={find !== "" && row.text.toLowerCase().includes(find)}
          times={times}
          item={evidence.get(`${step}:${row.line}`)}
          folded={folded.has(row.number)}
          onFold={() => fold(row.number)}
        />
      ))}
    </ol>
  );
}

interface LineProps {
  readonly row: LogRow;
  readonly found: boolean;
  readonly times: boolean;
  readonly item: Numbered | undefined;
  readonly folded: boolean;
  readonly onFold: () => void;
}

const SAID: Partial<Record<LogRow["kind"], string>> = {
  error: said("error:"),
  warning: said("warning:"),
};

function Line({ row, found, times, item, folded, onFold }: LineProps) {
  const t = useText();
  const spoken = SAID[row.kind];
  const text = maskedParts(row.text).map((part, i) =>
    part.masked ? (
      <span class="runner-mask" key={i} title={t("hidden by the runner")}>
        ***
      </span>
    ) : (
      part.text
    ),
  );
  return (
    <li
      class="log-line"
      data-kind={row.kind}
      data-found={found}
      data-evidence={item !== undefined}
      data-line={row.number}
      tabIndex={item ? -1 : undefined}
    >
      <span class="log-number">{row.number}</span>
      {times && <span class="log-time">{row.time}</span>}
      {row.kind === "group" ? (
        <button type="button" class="log-fold" aria-expanded={!folded} onClick={onFold}>
          {text}
        </button>
      ) : (
        <code>
          {spoken && <span class="sr-only">{t(spoken)} </span>}
          {text}
        </code>
      )}
      {item && (
        <span class="log-evidence">
          {item.evidence.by && <Mark found={item.evidence.by} />}
          <Tag number={item.number} />
        </span>
      )}
    </li>
  );
}
