/** Logs of a run, out of the zip that the REST API gives. https://docs.github.com/en/rest/actions/workflow-runs#download-workflow-run-logs */
import { toUtf8 } from "../../../../base/bytes.ts";
import type { GhCall } from "../call.ts";
import type { Job, Run } from "../rest.ts";
import { GhStop } from "../stop.ts";
import { unzipped } from "../unzip.ts";

interface StepLog {
  readonly number: number;
  readonly name: string;
  readonly text: string;
}

/** Lines of `job<tab>step<tab>line`, of the jobs that are given; only of failed steps where `failed`. */
export async function logLines(
  call: GhCall,
  run: Run,
  jobs: readonly Job[],
  failed: boolean,
): Promise<string> {
  const files = await logFiles(call, run);
  const wanted = failed ? jobs.filter(({ conclusion }) => isFailure(conclusion)) : jobs;
  return wanted.map((job) => jobLines(files, job, failed)).join("");
}

export function isFailure(conclusion: string | null): boolean {
  return ["failure", "timed_out", "startup_failure", "action_required"].includes(conclusion ?? "");
}

async function logFiles(call: GhCall, run: Run): Promise<ReadonlyMap<string, Uint8Array>> {
  const at = `${await call.at()}/actions/runs/${run.id}`;
  const attempt = call.flags.has("attempt") ? `/attempts/${run.run_attempt}` : "";
  const client = await call.client();
  const response = await client.send("GET", `${at}${attempt}/logs`);
  if (response.status === 404 || response.status === 410)
    throw new GhStop("failed to get run log: log not found");
  if (!response.ok) throw new GhStop(`failed to get run log: HTTP ${response.status}`);
  const files = unzipped(call, new Uint8Array(await response.arrayBuffer()));
  if (!files) throw new GhStop("failed to get run log: zip: not a valid zip file");
  return files;
}

function jobLines(files: ReadonlyMap<string, Uint8Array>, job: Job, failed: boolean): string {
  const steps = stepLogs(files, job);
  const bad = new Set(
    (job.steps ?? []).filter(({ conclusion }) => isFailure(conclusion)).map(({ number }) => number),
  );
  const shown = failed ? steps.filter(({ number }) => bad.has(number)) : steps;
  if (shown.length > 0) return shown.map(({ name, text }) => prefixed(job.name, name, text)).join("");
  const whole = [...files].find(([path]) => path.replace(/^-?\d+_/, "") === `${fileName(job.name)}.txt`);
  return whole ? prefixed(job.name, "UNKNOWN STEP", toUtf8(whole[1])) : "";
}

function stepLogs(files: ReadonlyMap<string, Uint8Array>, job: Job): StepLog[] {
  const folder = `${fileName(job.name)}/`;
  return [...files]
    .flatMap(([path, bytes]): StepLog[] => {
      const [, number, name] = path.startsWith(folder)
        ? (/^(\d+)_(.*)\.txt$/.exec(path.slice(folder.length)) ?? [])
        : [];
      if (number === undefined) return [];
      const known = (job.steps ?? []).find((step) => step.number === Number(number));
      return [{ number: Number(number), name: known?.name ?? name ?? "", text: toUtf8(bytes) }];
    })
    .sort((a, b) => a.number - b.number);
}

function prefixed(job: string, step: string, text: string): string {
  const body = text.replace(/\n$/, "");
  return body === ""
    ? ""
    : body
        .split("\n")
        .map((line) => `${job}\t${step}\t${line}\n`)
        .join("");
}

/** As the forge names files after jobs. */
function fileName(name: string): string {
  return name.replace(/[\u0000-\u001f/\\:*?"<>|]/g, "").slice(0, 90);
}
