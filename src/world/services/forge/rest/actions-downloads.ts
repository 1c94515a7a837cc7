/** What the addresses of redirects give: who knows one needs nothing else. */
import { zipSync, type Zippable } from "fflate";
import { concat } from "../../../../base/bytes.ts";
import { readArtifact } from "../actions/artifacts.ts";
import { DOWNLOAD_KINDS, isValidDownload, type Download } from "../actions/download.ts";
import { jobLog, stepLogs } from "../actions/logs.ts";
import { ARTIFACTS, JOBS, RUNS, type Job } from "../actions/model.ts";
import { jobsOf } from "../actions/runs.ts";
import type { Forge } from "../forge.ts";
import { failure, notFound } from "./answer.ts";
import { onSite, type Call, type Route } from "./route.ts";

export const downloadRoutes: readonly Route[] = [
  onSite("GET", "/_apis/results/{kind}/{id}/{attempt}", "anyone", serveDownload),
];

function serveDownload({ forge, params, url }: Call): Response {
  const download: Download = {
    kind: DOWNLOAD_KINDS.find((kind) => kind === params["kind"]) ?? "artifact",
    id: Number(params["id"]),
    attempt: Number(params["attempt"]),
  };
  if (!isValidDownload(forge, download, url.searchParams))
    return failure(403, "Server failed to authenticate the request.");
  return contentOf(forge, download) ?? notFound();
}

function contentOf(forge: Forge, { kind, id, attempt }: Download): Response | null {
  if (kind === "job-logs") return logOf(forge, id);
  if (kind === "artifact") return artifactOf(forge, id);
  const run = forge.ports.tables.of(RUNS).get(String(id));
  if (!run) return null;
  const jobs = jobsOf(forge, run, kind === "run-logs" ? run.attempt : attempt);
  return zipOf(zippedLogs(forge, jobs), `logs_${id}.zip`);
}

function logOf(forge: Forge, id: number): Response | null {
  const job = forge.ports.tables.of(JOBS).get(String(id));
  const log = job ? jobLog(forge, job) : null;
  return log === null
    ? null
    : new Response(log, { headers: { "Content-Type": "text/plain; charset=utf-8" } });
}

function artifactOf(forge: Forge, id: number): Response | null {
  const artifact = forge.ports.tables.of(ARTIFACTS).get(String(id));
  const bytes = artifact ? readArtifact(forge, artifact) : null;
  return artifact && bytes ? zipOf(bytes, `${artifact.name}.zip`) : null;
}

/** Per job one file with everything, and a folder with a file per step, as the zip of the web page has them. */
export function zippedLogs(forge: Forge, jobs: readonly Job[]): Uint8Array {
  const files = jobs.flatMap((job, index) => {
    const logs = stepLogs(forge, job);
    const name = fileName(job.name);
    if (logs.length === 0) return [];
    const steps = logs.map(
      ({ step, bytes }) => [`${name}/${step}_${stepName(job, step)}.txt`, bytes] as const,
    );
    return [[`${index}_${name}.txt`, concat(logs.map(({ bytes }) => bytes))] as const, ...steps];
  });
  const zippable: Zippable = Object.fromEntries(files);
  // A fixed time, so that the bytes depend on the logs alone.
  return zipSync(zippable, { mtime: "2026-01-01T00:00:00" });
}

function stepName(job: Job, step: number): string {
  return fileName(job.steps.find(({ number }) => number === step)?.name ?? (step === 0 ? "Set up job" : ""));
}

function fileName(name: string): string {
  return name.replace(/[\u0000-\u001f/\\:*?"<>|]/g, "").slice(0, 90);
}

function zipOf(bytes: Uint8Array, name: string): Response {
  const ascii = name.replace(/[^\w.-]/g, "_");
  return new Response(new Uint8Array(bytes), {
    headers: {
      "Content-Type": "application/zip",
      "Content-Disposition": `attachment; filename=${ascii}; filename*=UTF-8''${encodeURIComponent(name.toWellFormed())}`,
    },
  });
}
