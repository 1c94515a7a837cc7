/** https://docs.github.com/en/rest/repos/contents */
import type { Json } from "../../../../base/json.ts";
import { toUtf8 } from "../../../../base/bytes.ts";
import type { Commit } from "../git/commit.ts";
import { objectsOf, type Objects, type TreeEntry } from "../git/objects.ts";
import { updateRef } from "../git/refUpdate.ts";
import { API, FORGE_ORIGIN } from "../host.ts";
import { repositoryId, type Repository } from "../model.ts";
import { failure, json, notFound } from "./answer.ts";
import { base64Lines, decodeBase64, gitCommitJson, isTreePath } from "./git-data.ts";
import { peopleFrom } from "./people.ts";
import { byOf, refusedResponse } from "./ref-refusal.ts";
import { onRepository, type RepositoryCall, type Route } from "./route.ts";

export const contentRoutes: readonly Route[] = [
  onRepository("GET", "/contents", ["contents", "read"], showContents),
  onRepository("GET", "/contents/{path+}", ["contents", "read"], showContents),
  onRepository("PUT", "/contents/{path+}", ["contents", "write"], putFile),
  onRepository("DELETE", "/contents/{path+}", ["contents", "write"], deleteFile),
  onRepository("GET", "/readme", ["contents", "read"], showReadme),
];

const RAW = /vnd\.github(?:\.v3)?\.raw/;

function showContents(call: RepositoryCall): Response {
  return contentsAt(call, (call.params["path"] ?? "").replace(/^\/+|\/+$/g, ""));
}

function showReadme(call: RepositoryCall): Response {
  const objects = objectsOf(call.forge, call.repository);
  const commit = objects.resolveCommit(call.url.searchParams.get("ref") || "HEAD");
  const entries = commit === null ? [] : (objects.tree(objects.treeOf(commit) as string) ?? []);
  const readme = entries.find(({ name }) => /^readme(?:\.\w+)?$/i.test(name));
  return readme ? contentsAt(call, readme.name) : notFound();
}

function contentsAt({ forge, repository, url, headers }: RepositoryCall, path: string): Response {
  const objects = objectsOf(forge, repository);
  const ref = url.searchParams.get("ref");
  const commit = objects.resolveCommit(ref || "HEAD");
  if (commit === null)
    return ref
      ? failure(404, `No commit found for the ref ${ref}`)
      : failure(404, "This repository is empty.");
  const entry = objects.entry(commit, path);
  if (entry === null) return notFound();
  const shownRef = ref || repository.defaultBranch;
  if (entry.mode === "40000") {
    const below = (objects.tree(entry.id) ?? []).map((it) =>
      entryJson(objects, repository, shownRef, path === "" ? it.name : `${path}/${it.name}`, it),
    );
    return json(200, below);
  }
  const bytes = objects.blob(entry.id) ?? new Uint8Array();
  if (RAW.test(headers.get("accept") ?? ""))
    return new Response(bytes as BodyInit, {
      headers: { "Content-Type": "application/vnd.github.raw; charset=utf-8" },
    });
  const own = entryJson(objects, repository, shownRef, path, entry);
  const more =
    entry.mode === "120000" ? { target: toUtf8(bytes) } : { content: base64Lines(bytes), encoding: "base64" };
  return json(200, { ...own, ...more });
}

function entryJson(
  objects: Objects,
  repository: Repository,
  ref: string,
  path: string,
  { name, mode, id }: TreeEntry,
): { readonly [key: string]: Json } {
  const type = { "40000": "dir", "120000": "symlink", "160000": "submodule" }[mode] ?? "file";
  const full = repositoryId(repository);
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  const self = `${API}/repos/${full}/contents/${encoded}?ref=${ref}`;
  const git = `${API}/repos/${full}/git/${type === "dir" ? "trees" : "blobs"}/${id}`;
  const html = `${FORGE_ORIGIN}/${full}/${type === "dir" ? "tree" : "blob"}/${ref}/${encoded}`;
  return {
    name,
    path,
    sha: id,
    size: type === "dir" ? 0 : (objects.blob(id)?.length ?? 0),
    url: self,
    html_url: html,
    git_url: git,
    download_url: type === "file" ? `${FORGE_ORIGIN}/${full}/raw/${ref}/${encoded}` : null,
    type,
    _links: { self, git, html },
  };
}

interface Edit {
  readonly branch: string;
  readonly head: string | null;
  readonly path: string;
  readonly existing: TreeEntry | null;
  readonly message: string;
}

/** What both writing operations check first. */
function editOf({ forge, repository, params, body }: RepositoryCall): Edit | Response {
  const objects = objectsOf(forge, repository);
  const path = params["path"] as string;
  const { message, branch = repository.defaultBranch } = body;
  if (typeof message !== "string") return failure(422, 'Invalid request.\n\n"message" wasn\'t supplied.');
  if (typeof branch !== "string") return failure(422, "Invalid request.");
  if (repository.archived) return failure(403, "Repository was archived so is read-only.");
  const name = branch.replace(/^refs\/heads\//, "");
  const head = objects.ref(`refs/heads/${name}`);
  const empty = objects.refs("refs/heads/").length === 0;
  if (head === null && !(empty && name === repository.defaultBranch))
    return failure(404, `Branch ${name} not found`);
  if (!isTreePath(path)) return failure(422, "path contains a malformed path component");
  const existing = head === null ? null : objects.entry(head, path);
  return { branch: name, head, path, existing, message };
}

async function putFile(call: RepositoryCall): Promise<Response> {
  const { forge, repository, body } = call;
  const edit = editOf(call);
  if (edit instanceof Response) return edit;
  const { content, sha } = body;
  if (typeof content !== "string") return failure(422, 'Invalid request.\n\n"content" wasn\'t supplied.');
  const bytes = decodeBase64(content);
  if (bytes === null) return failure(422, "content is not valid Base64");
  const { existing, path } = edit;
  if (existing && typeof sha !== "string") return failure(422, 'Invalid request.\n\n"sha" wasn\'t supplied.');
  if (typeof sha === "string" && existing?.id !== sha) return failure(409, `${path} does not match ${sha}`);
  const made = await commitEdit(call, edit, bytes);
  if (made instanceof Response) return made;
  const objects = objectsOf(forge, repository);
  const entry = objects.entry(made.id, path) as TreeEntry;
  return json(existing ? 200 : 201, {
    content: entryJson(objects, repository, edit.branch, path, entry),
    commit: gitCommitJson(repository, made),
  });
}

async function deleteFile(call: RepositoryCall): Promise<Response> {
  const { body, url } = call;
  // Clients send them in the query too.
  const given = Object.fromEntries(url.searchParams);
  const edit = editOf({ ...call, body: { ...given, ...body } });
  if (edit instanceof Response) return edit;
  const sha = body["sha"] ?? given["sha"];
  if (edit.existing === null) return notFound();
  if (typeof sha !== "string") return failure(422, 'Invalid request.\n\n"sha" wasn\'t supplied.');
  if (edit.existing.id !== sha) return failure(409, `${edit.path} does not match ${sha}`);
  const made = await commitEdit(call, edit, null);
  return made instanceof Response
    ? made
    : json(200, { content: null, commit: gitCommitJson(call.repository, made) });
}

/** Null removes the file. Objects that a refused edit made are forgotten again. */
async function commitEdit(
  call: RepositoryCall,
  { branch, head, path, existing, message }: Edit,
  bytes: Uint8Array | null,
): Promise<Commit | Response> {
  const { forge, repository } = call;
  const by = byOf(call);
  if (by === null) return failure(401, "Requires authentication");
  const objects = objectsOf(forge, repository);
  const before = new Set(objects.ids());
  const mode = existing && existing.mode !== "40000" ? existing.mode : "100644";
  const file = bytes && { mode, id: objects.writeBlob(bytes) };
  const tree = objects.editTree(head === null ? null : objects.treeOf(head), new Map([[path, file]]));
  const parents = head === null ? [] : [head];
  const id = objects.writeCommit({ tree, parents, message, ...peopleFrom(call) });
  const move = { ref: `refs/heads/${branch}`, before: head, after: id };
  const refused = await updateRef(forge, by, repository, move);
  if (refused === null) return objects.commit(id) as Commit;
  for (const made of objects.ids()) if (!before.has(made)) objects.forget(made);
  return refusedResponse(refused, 409);
}
