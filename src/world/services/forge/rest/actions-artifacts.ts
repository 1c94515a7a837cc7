/** https://docs.github.com/en/rest/actions/artifacts */
import type { Json } from "../../../../base/json.ts";
import { artifactsOf, deleteArtifact, isExpired, readArtifact } from "../actions/artifacts.ts";
import { ARTIFACTS, type Artifact } from "../actions/model.ts";
import { findRun } from "../actions/runs.ts";
import { API } from "../host.ts";
import { repositoryId } from "../model.ts";
import { audited } from "./audited.ts";
import { redirect } from "./actions-logs.ts";
import { RUN, withRun } from "./actions-runs.ts";
import { counted, failure, json, noContent, notFound, time } from "./answer.ts";
import { onRepository, type Answer, type RepositoryCall, type Route } from "./route.ts";

const ONE = "/actions/artifacts/{artifact_id}";

export const artifactRoutes: readonly Route[] = [
  onRepository("GET", "/actions/artifacts", ["actions", "read"], (call) =>
    list(call, allOf(call).sort(newestFirst)),
  ),
  onRepository("GET", `${RUN}/artifacts`, ["actions", "read"], (call) =>
    withRun(call, (run) => list(call, artifactsOf(call.forge, run))),
  ),
  onRepository("GET", ONE, ["actions", "read"], (call) =>
    withArtifact(call, (artifact) => json(200, artifactJson(call, artifact))),
  ),
  onRepository("GET", `${ONE}/{archive_format}`, ["actions", "read"], download),
  onRepository("DELETE", ONE, ["actions", "write"], (call) =>
    withArtifact(call, (artifact) => remove(call, artifact)),
  ),
];

function allOf({ forge, repository }: RepositoryCall): Artifact[] {
  const id = repositoryId(repository);
  return forge.ports.tables.of(ARTIFACTS).filter((artifact) => artifact.repository === id);
}

function newestFirst(a: Artifact, b: Artifact): number {
  return b.createdAtMs - a.createdAtMs || b.id - a.id;
}

function list(call: RepositoryCall, artifacts: readonly Artifact[]): Response {
  const name = call.url.searchParams.get("name");
  const named = artifacts.filter((it) => name === null || it.name === name);
  return counted(call, "artifacts", named, (artifact) => artifactJson(call, artifact));
}

function withArtifact(call: RepositoryCall, run: (artifact: Artifact) => Answer): Answer {
  const artifact = call.forge.ports.tables.of(ARTIFACTS).get(call.params["artifact_id"] as string);
  return artifact?.repository === repositoryId(call.repository) ? run(artifact) : notFound();
}

/** Metadata is for every reader, the content for nobody without an account, also where the repository is public. */
function download(call: RepositoryCall): Answer {
  if (call.identity === null) return failure(401, "Requires authentication");
  if (call.params["archive_format"] !== "zip") return notFound();
  return withArtifact(call, (artifact) => {
    const isGone = isExpired(call.forge, artifact) || readArtifact(call.forge, artifact) === null;
    return isGone
      ? failure(410, "Artifact has expired")
      : redirect(call, { kind: "artifact", id: artifact.id, attempt: 0 });
  });
}

function remove(call: RepositoryCall, artifact: Artifact): Response {
  deleteArtifact(call.forge, artifact.id);
  audited(call, "artifact.destroy", repositoryId(call.repository), {
    artifact_id: artifact.id,
    name: artifact.name,
    workflow_run_id: artifact.run,
  });
  return noContent();
}

function artifactJson({ forge, repository }: RepositoryCall, artifact: Artifact): Json {
  const { id, name, sizeBytes, digest, createdAtMs, expiresAtMs } = artifact;
  const run = findRun(forge, repository, artifact.run);
  const url = `${API}/repos/${artifact.repository}/actions/artifacts/${id}`;
  return {
    id,
    node_id: `AR_${id}`,
    name,
    size_in_bytes: sizeBytes,
    url,
    archive_download_url: `${url}/zip`,
    expired: isExpired(forge, artifact),
    digest,
    created_at: time(createdAtMs),
    updated_at: time(createdAtMs),
    expires_at: time(expiresAtMs),
    workflow_run: run
      ? {
          id: run.id,
          repository_id: repository.id,
          head_repository_id: forge.find(run.headRepository)?.id ?? repository.id,
          head_branch: run.headBranch,
          head_sha: run.headSha,
        }
      : null,
  };
}
