/** Commits as the API writes them: https://docs.github.com/en/rest/commits/commits */
import type { Json } from "../../../../base/json.ts";
import type { Forge } from "../forge.ts";
import type { Commit, Signature } from "../git/commit.ts";
import { diffTrees, type FileChange } from "../git/diff.ts";
import type { Objects } from "../git/objects.ts";
import { accountOf } from "../git/pushEvent.ts";
import { API, FORGE_ORIGIN } from "../host.ts";
import { repositoryId, type Repository } from "../model.ts";
import { time } from "../rest/answer.ts";
import { personOrNull } from "./account.ts";

export function signatureJson({ name, email, atMs }: Signature): Json {
  return { name, email, date: time(atMs) };
}

export function commitJson(
  forge: Forge,
  repository: Repository,
  commit: Commit,
): { readonly [key: string]: Json } {
  const id = repositoryId(repository);
  const url = `${API}/repos/${id}/commits/${commit.id}`;
  return {
    sha: commit.id,
    node_id: `C_${commit.id}`,
    commit: {
      author: signatureJson(commit.author),
      committer: signatureJson(commit.committer),
      message: commit.message,
      tree: { sha: commit.tree, url: `${API}/repos/${id}/git/trees/${commit.tree}` },
      url: `${API}/repos/${id}/git/commits/${commit.id}`,
      comment_count: 0,
      verification: verificationJson(commit),
    },
    url,
    html_url: `${FORGE_ORIGIN}/${id}/commit/${commit.id}`,
    comments_url: `${url}/comments`,
    author: personOrNull(forge, accountOf(forge, commit.author.email)),
    committer: personOrNull(forge, accountOf(forge, commit.committer.email)),
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${API}/repos/${id}/commits/${sha}`,
      html_url: `${FORGE_ORIGIN}/${id}/commit/${sha}`,
    })),
  };
}

/** A signature is seen, not checked. */
export function verificationJson({ signature }: Commit): Json {
  return {
    verified: false,
    reason: signature === null ? "unsigned" : "unknown_key",
    signature,
    payload: null,
    verified_at: null,
  };
}

/** With `stats` and `files`. */
export function fullCommitJson(forge: Forge, repository: Repository, objects: Objects, commit: Commit): Json {
  const files = diffTrees(objects, commit.parents[0] ?? null, commit.id);
  const sum = (key: "additions" | "deletions") => files.reduce((total, file) => total + file[key], 0);
  const [additions, deletions] = [sum("additions"), sum("deletions")];
  return {
    ...commitJson(forge, repository, commit),
    stats: { total: additions + deletions, additions, deletions },
    files: files.map((file) => fileJson(repository, commit.id, file)),
  };
}

/** One of `files`; `sha` is the commit after the change. */
export function fileJson(repository: Repository, sha: string, change: FileChange): Json {
  const id = repositoryId(repository);
  const path = change.path.split("/").map(encodeURIComponent).join("/");
  const { additions, deletions, patch, previousPath } = change;
  return {
    sha: (change.after ?? change.before)?.id ?? null,
    filename: change.path,
    status: change.status,
    additions,
    deletions,
    changes: additions + deletions,
    blob_url: `${FORGE_ORIGIN}/${id}/blob/${sha}/${path}`,
    raw_url: `${FORGE_ORIGIN}/${id}/raw/${sha}/${path}`,
    contents_url: `${API}/repos/${id}/contents/${path}?ref=${sha}`,
    ...(patch === null ? {} : { patch }),
    ...(previousPath === null ? {} : { previous_filename: previousPath }),
  };
}
