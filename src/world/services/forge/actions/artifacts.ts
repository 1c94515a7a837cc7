/** Artifacts: zips that runs leave behind. https://docs.github.com/en/rest/actions/artifacts */
import { sha256 } from "../../../../base/digest.ts";
import { exposeArtifact } from "../exposures.ts";
import type { Forge } from "../forge.ts";
import { artifactPath } from "./files.ts";
import { ARTIFACTS, DEFAULT_SETTINGS, type Artifact, type Run } from "./model.ts";
import { settingsOf } from "./settings.ts";

const DAY_MS = 86_400_000;

/**
 * Null where this attempt of the run has one of that name. Where `retentionDays` names no days the setting of the repository holds. When its time is over
 * the bytes go, the record stays.
 */
export function addArtifact(
  forge: Forge,
  run: Run,
  name: string,
  zip: Uint8Array,
  retentionDays: number | null = null,
): Artifact | null {
  const { tables, schedule } = forge.ports;
  const since = run.startedAtMs ?? run.createdAtMs;
  if (artifactsOf(forge, run).some((it) => it.name === name && it.createdAtMs >= since)) return null;
  const longest = longestRetention(forge, run);
  const days = retentionDays !== null && retentionDays >= 1 ? Math.min(retentionDays, longest) : longest;
  const id = tables.next("actions/artifact", 610_001);
  const artifact: Artifact = {
    id,
    repository: run.repository,
    run: run.id,
    name,
    sizeBytes: zip.length,
    digest: `sha256:${sha256(zip)}`,
    createdAtMs: forge.now(),
    expiresAtMs: forge.now() + days * DAY_MS,
  };
  forge.disk.mkdir("/actions/artifacts", { recursive: true });
  forge.disk.write(artifactPath(id), zip);
  schedule(artifact.expiresAtMs, "forge/artifact-expired", { artifact: id });
  tables.of(ARTIFACTS).set(String(id), artifact);
  exposeArtifact(forge, artifact);
  return artifact;
}

function longestRetention(forge: Forge, run: Run): number {
  const repository = forge.find(run.repository);
  return repository ? settingsOf(forge, repository).retentionDays : DEFAULT_SETTINGS.retentionDays;
}

/** Oldest first. */
export function artifactsOf(forge: Forge, run: Pick<Run, "id">): Artifact[] {
  return forge.ports.tables.of(ARTIFACTS).filter((artifact) => artifact.run === run.id);
}

/** The newest of that name, as long as it can be downloaded. */
export function findArtifact(forge: Forge, run: Pick<Run, "id">, name: string): Artifact | undefined {
  return artifactsOf(forge, run).findLast((it) => it.name === name && !isExpired(forge, it));
}

/** The zip; null where it is gone. */
export function readArtifact(forge: Forge, artifact: Pick<Artifact, "id">): Uint8Array | null {
  const path = artifactPath(artifact.id);
  return forge.disk.exists(path) ? forge.disk.read(path) : null;
}

export function isExpired(forge: Forge, artifact: Artifact): boolean {
  return artifact.expiresAtMs <= forge.now();
}

export function deleteArtifact(forge: Forge, id: number): void {
  forge.ports.tables.of(ARTIFACTS).delete(String(id));
  forge.disk.remove(artifactPath(id), { force: true });
}

/** Its time is over. */
export function expireArtifact(forge: Forge, payload: Readonly<Record<string, unknown>>): void {
  forge.disk.remove(artifactPath(Number(payload["artifact"])), { force: true });
}
