import { useText } from "../text/context.ts";
import { layoutJobs, type GraphJob } from "./job-layout.ts";
import { lasted } from "./looking.ts";
import { standing, StandingGlyph, standingWord } from "./status.tsx";

export interface RunJob extends GraphJob {
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly started_at: string | null;
  readonly completed_at: string | null;
  readonly environment: string | null;
  readonly permissions: Readonly<Record<string, string>>;
  readonly annotations: readonly { readonly level: string; readonly message: string }[];
}

const WIDTH = 156;
const HEIGHT = 32;
const GAP_X = 40;
const GAP_Y = 8;
const PAD = 12;

const x = (column: number) => PAD + column * (WIDTH + GAP_X);
const y = (row: number) => PAD + row * (HEIGHT + GAP_Y);

interface JobGraphProps {
  readonly jobs: readonly RunJob[];
  readonly selected: number | null;
  readonly onSelect: (job: number) => void;
}

/** Jobs as buttons over their edges. A job that is waited for is named in words too. */
export function JobGraph({ jobs, selected, onSelect }: JobGraphProps) {
  const t = useText();
  const layout = layoutJobs(jobs);
  const width = x(layout.columns) - GAP_X + PAD;
  const height = y(layout.rows) - GAP_Y + PAD;
  return (
    <div class="job-graph scroll" role="group" aria-label={t("Jobs")}>
      <div class="job-canvas" style={{ width: `${width}px`, height: `${height}px` }}>
        <svg width={width} height={height} aria-hidden="true">
          {layout.edges.map(({ from, to }) => {
            const [a, b] = [layout.jobs[from], layout.jobs[to]];
            if (!a || !b) return null;
            const [x1, y1] = [x(a.column) + WIDTH, y(a.row) + HEIGHT / 2];
            const [x2, y2] = [x(b.column) - 1, y(b.row) + HEIGHT / 2];
            return (
              <path
                key={`${from}-${to}`}
                d={`M${x1} ${y1}C${x1 + GAP_X / 2} ${y1} ${x2 - GAP_X / 2} ${y2} ${x2} ${y2}M${x2 - 5} ${y2 - 4}L${x2} ${y2}L${x2 - 5} ${y2 + 4}`}
              />
            );
          })}
        </svg>
        {layout.jobs.map(({ job, column, row }) => (
          <JobBox
            key={job.id}
            job={job}
            left={x(column)}
            top={y(row)}
            selected={job.id === selected}
            onSelect={() => onSelect(job.id)}
          />
        ))}
      </div>
    </div>
  );
}

interface JobBoxProps {
  readonly job: RunJob;
  readonly left: number;
  readonly top: number;
  readonly selected: boolean;
  readonly onSelect: () => void;
}

function JobBox({ job, left, top, selected, onSelect }: JobBoxProps) {
  const t = useText();
  const of = standing(job.status, job.conclusion);
  const time = lasted(job.started_at, job.completed_at);
  const after = job.needs.length > 0 ? `, ${t("after {jobs}", { jobs: job.needs.join(", ") })}` : "";
  return (
    <button
      type="button"
      class="job-box"
      aria-pressed={selected}
      style={{ left: `${left}px`, top: `${top}px`, width: `${WIDTH}px`, height: `${HEIGHT}px` }}
      title={job.name}
      onClick={onSelect}
    >
      <StandingGlyph of={of} />
      <span class="job-name">{job.name}</span>
      <span class="job-time">
        {time || (of === "success" || of === "failure" ? "" : t(standingWord(of)))}
      </span>
      <span class="sr-only">{after}</span>
    </button>
  );
}
