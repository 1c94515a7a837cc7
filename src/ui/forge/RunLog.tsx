import { useEffect, useState } from "preact/hooks";
import { Mark } from "../workbench/Mark.tsx";
import { Tag } from "../workbench/EvidenceLink.tsx";
import { useBench, type Bench, type Numbered } from "../workbench/bench.ts";
import { lasted } from "./looking.ts";
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

/** Evidence that names a line of this run's log: "run 42, deploy, line 60". */
function evidenceOf(bench: Bench, runNumber: number, job: string): Map<number, Numbered> {
  const found = new Map<number, Numbered>();
  for (const { evidence } of bench.diagnoses.value)
    for (const item of evidence) {
      const [, run, name, line] = /^run (\d+), (.+), line (\d+)/.exec(item.evidence.at) ?? [];
      if (Number(run) === runNumber && name === job && line) found.set(Number(line), item);
    }
  return found;
}

interface RunLogProps {
  readonly runNumber: number;
  readonly job: string;
  readonly steps: readonly JobStep[];
}

export function RunLog({ runNumber, job, steps }: RunLogProps) {
  const bench = useBench();
  const [find, setFind] = useState("");
  const [times, setTimes] = useState(false);
  const evidence = evidenceOf(bench, runNumber, job);
  const logs = stepLogs(steps);
  return (
    <div class="run-log">
      <ul class="step-list" aria-label="Steps">
        {steps.map((step) => (
          <li key={step.number}>
            <button type="button" class="step-row" onClick={() => scrollTo(step.number)}>
              <StandingGlyph of={standing(step.status, step.conclusion)} />
              <span class="step-name">{step.name}</span>
              <span class="step-time">{lasted(step.started_at, step.completed_at)}</span>
            </button>
          </li>
        ))}
      </ul>
      <div class="log-side">
        <div class="log-tools">
          <input
            class="field"
            type="search"
            aria-label="Find in log"
            placeholder="Find in log"
            value={find}
            onInput={(event) => setFind(event.currentTarget.value)}
          />
          <button type="button" class="quiet small" aria-pressed={times} onClick={() => setTimes(!times)}>
            Show times
          </button>
        </div>
        <div class="log scroll" data-focus tabIndex={0} role="group" aria-label={`Log of ${job}`}>
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

function scrollTo(step: number): void {
  document.querySelector(`.log [data-step="${step}"]`)?.scrollIntoView({ block: "start" });
}

interface StepRowsProps {
  readonly step: JobStep;
  readonly rows: readonly LogRow[];
  readonly find: string;
  readonly times: boolean;
  readonly evidence: ReadonlyMap<number, Numbered>;
}

function StepRows({ step, rows, find, times, evidence }: StepRowsProps) {
  const of = standing(step.status, step.conclusion);
  const wanted = find.toLowerCase();
  const hit = wanted !== "" && rows.some(({ text }) => text.toLowerCase().includes(wanted));
  const pointed = rows.some(({ number }) => evidence.has(number));
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
          <Rows rows={rows} find={wanted} times={times} evidence={evidence} />
        ) : (
          <p class="note">No log.</p>
        ))}
      {open && step.summary && (
        <>
          <p class="note">Summary, as everybody who can read the run sees it</p>
          <pre class="log-summary">{step.summary}</pre>
        </>
      )}
    </details>
  );
}

function Rows({ rows, find, times, evidence }: Omit<StepRowsProps, "step">) {
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
          item={evidence.get(row.number)}
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

const SAID: Partial<Record<LogRow["kind"], string>> = { error: "error: ", warning: "warning: " };

function Line({ row, found, times, item, folded, onFold }: LineProps) {
  const text = maskedParts(row.text).map((part, i) =>
    part.masked ? (
      <span class="runner-mask" key={i} title="hidden by the runner">
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
          {SAID[row.kind] && <span class="sr-only">{SAID[row.kind]}</span>}
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
