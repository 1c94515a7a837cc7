/** The git database: https://docs.github.com/en/rest/git */
import { fromBase64, fromUtf8, toBase64, toUtf8 } from "../../../../base/bytes.ts";
import type { Json } from "../../../../base/json.ts";
import { parseSignature, signatureText, type Commit, type NewCommit } from "../git/commit.ts";
import { objectsOf, type Objects, type TreeFile } from "../git/objects.ts";
import { API } from "../host.ts";
import { signatureJson, verificationJson } from "../json/commit.ts";
import { repositoryId, type Repository } from "../model.ts";
import { failure, json, notFound } from "./answer.ts";
import { detectIn } from "./content-protection.ts";
import { objectOrNull } from "./json-object.ts";
import { personFrom, peopleFrom } from "./people.ts";
import { refusedResponse } from "./ref-refusal.ts";
import { onRepository, type RepositoryCall, type Route } from "./route.ts";

export const gitDataRoutes: readonly Route[] = [
  onRepository("GET", "/git/commits/{sha}", ["contents", "read"], showCommit),
  onRepository("POST", "/git/commits", ["contents", "write"], createCommit),
  onRepository("GET", "/git/trees/{sha+}", ["contents", "read"], showTree),
  onRepository("POST", "/git/trees", ["contents", "write"], createTree),
  onRepository("GET", "/git/blobs/{sha}", ["contents", "read"], showBlob),
  onRepository("POST", "/git/blobs", ["contents", "write"], createBlob),
  onRepository("GET", "/git/tags/{sha}", ["contents", "read"], showTag),
  onRepository("POST", "/git/tags", ["contents", "write"], createTag),
];

function gitUrl(repository: Repository, kind: string, sha: string): string {
  return `${API}/repos/${repositoryId(repository)}/git/${kind}/${sha}`;
}

// Commits

function showCommit({ forge, repository, params }: RepositoryCall): Response {
  const commit = objectsOf(forge, repository).commit(params["sha"] as string);
  return commit ? json(200, gitCommitJson(repository, commit)) : notFound();
}

export function gitCommitJson(repository: Repository, commit: Commit): { readonly [key: string]: Json } {
  return {
    sha: commit.id,
    node_id: `C_${commit.id}`,
    url: gitUrl(repository, "commits", commit.id),
    author: signatureJson(commit.author),
    committer: signatureJson(commit.committer),
    message: commit.message,
    tree: { sha: commit.tree, url: gitUrl(repository, "trees", commit.tree) },
    parents: commit.parents.map((sha) => ({ sha, url: gitUrl(repository, "commits", sha) })),
    verification: verificationJson(commit),
  };
}

function createCommit(call: RepositoryCall): Response {
  const { forge, repository, body } = call;
  const objects = objectsOf(forge, repository);
  const { message, tree, parents = [] } = body;
  if (typeof message !== "string" || typeof tree !== "string")
    return failure(422, 'Invalid request.\n\n"message", "tree" weren\'t supplied.');
  if (objects.tree(tree) === null) return failure(422, "Tree SHA does not exist");
  const ids = Array.isArray(parents) ? parents.map(String) : [];
  if (ids.some((id) => objects.commit(id) === null))
    return failure(422, "Parent SHA does not exist or is not a commit object");
  const id = objects.writeCommit({ message, tree, parents: ids, ...peopleFrom(call) });
  return json(201, gitCommitJson(repository, objects.commit(id) as Commit));
}

// Trees

function showTree({ forge, repository, params, url }: RepositoryCall): Response {
  const objects = objectsOf(forge, repository);
  const found = objects.resolve(params["sha"] as string);
  const tree = found === null ? null : objects.treeOf(objects.peel(found) ?? found);
  if (tree === null) return notFound();
  return json(200, treeJson(objects, repository, tree, url.searchParams.has("recursive")));
}

function treeJson(objects: Objects, repository: Repository, tree: string, recursive: boolean): Json {
  return {
    sha: tree,
    url: gitUrl(repository, "trees", tree),
    tree: entriesJson(objects, repository, tree, recursive, ""),
    truncated: false,
  };
}

function entriesJson(
  objects: Objects,
  repository: Repository,
  tree: string,
  recursive: boolean,
  prefix: string,
): Json[] {
  return (objects.tree(tree) ?? []).flatMap(({ name, mode, id }) => {
    const type = mode === "40000" ? "tree" : mode === "160000" ? "commit" : "blob";
    const size = type === "blob" ? { size: objects.blob(id)?.length ?? 0 } : {};
    const url = gitUrl(repository, `${type}s`, id);
    const own: Json = { path: prefix + name, mode: mode.padStart(6, "0"), type, sha: id, ...size, url };
    const below = recursive && type === "tree";
    return [own, ...(below ? entriesJson(objects, repository, id, recursive, `${prefix}${name}/`) : [])];
  });
}

const MODES = ["100644", "100755", "040000", "160000", "120000"];

async function createTree(call: RepositoryCall): Promise<Response> {
  const { forge, repository, body } = call;
  const objects = objectsOf(forge, repository);
  const base = body["base_tree"];
  const baseTree = typeof base === "string" ? objects.treeOf(base) : null;
  if (base !== undefined && base !== null && baseTree === null)
    return failure(404, "base_tree is not a valid tree oid");
  const entries = Array.isArray(body["tree"]) ? body["tree"] : null;
  if (entries === null) return failure(422, 'Invalid request.\n\n"tree" wasn\'t supplied.');
  const changes = new Map<string, Omit<TreeFile, "path"> | null>();
  for (const entry of entries) {
    const change = treeChange(objects, entry);
    if (typeof change === "string") return failure(422, change);
    const secret = await detectIn(call, change.path, change.content);
    if (secret) return refusedResponse(secret, 422);
    changes.set(change.path, change.file);
  }
  const tree = objects.editTree(baseTree, changes);
  return json(201, treeJson(objects, repository, tree, false));
}

interface TreeChange {
  readonly path: string;
  readonly file: Omit<TreeFile, "path"> | null;
  /** What was given as text. */
  readonly content: Uint8Array;
}

/** What is wrong with an entry, or what it means. */
function treeChange(objects: Objects, entry: Json): TreeChange | string {
  const given = objectOrNull(entry) ?? {};
  const { path, mode = "100644", sha, content } = given;
  if (typeof path !== "string" || !isTreePath(path)) return "tree.path contains a malformed path component";
  if (typeof mode !== "string" || !MODES.includes(mode)) return "Must supply a valid tree.mode";
  if (sha === null && content === undefined) return { path, file: null, content: new Uint8Array() };
  if (typeof content === "string") {
    const bytes = fromUtf8(content);
    return { path, file: { mode, id: objects.writeBlob(bytes) }, content: bytes };
  }
  if (typeof sha !== "string" || !objects.has(sha))
    return `tree.sha ${typeof sha === "string" ? sha : ""} is not a valid blob`;
  return { path, file: { mode: mode.replace(/^0/, ""), id: sha }, content: new Uint8Array() };
}

/** No path of a tree leads out of it or into git's own folder. */
export function isTreePath(path: string): boolean {
  return path.split("/").every((part) => !/^(?:\.{0,2}|\.git)$/i.test(part)) && !path.includes("\0");
}

// Blobs

function showBlob({ forge, repository, params, headers }: RepositoryCall): Response {
  const sha = params["sha"] as string;
  const bytes = objectsOf(forge, repository).blob(sha);
  if (bytes === null) return notFound();
  if (/vnd\.github(?:\.v3)?\.raw/.test(headers.get("accept") ?? "")) return new Response(bytes as BodyInit);
  return json(200, {
    sha,
    node_id: `B_${sha}`,
    size: bytes.length,
    url: gitUrl(repository, "blobs", sha),
    content: base64Lines(bytes),
    encoding: "base64",
  });
}

/** 60 characters a line, as GitHub writes them. */
export function base64Lines(bytes: Uint8Array): string {
  return toBase64(bytes).replace(/.{1,60}/g, "$&\n");
}

/** Null for what is no base64. */
export function decodeBase64(text: string): Uint8Array | null {
  const plain = text.replace(/\s/g, "");
  const valid = /^[A-Za-z0-9+/]*={0,2}$/.test(plain) && plain.length % 4 !== 1;
  return valid
    ? fromBase64(plain.replace(/=+$/, "").padEnd(Math.ceil(plain.replace(/=+$/, "").length / 4) * 4, "="))
    : null;
}

async function createBlob(call: RepositoryCall): Promise<Response> {
  const { forge, repository, body } = call;
  const { content, encoding = "utf-8" } = body;
  if (typeof content !== "string") return failure(422, 'Invalid request.\n\n"content" wasn\'t supplied.');
  const bytes = encoding === "base64" ? decodeBase64(content) : fromUtf8(content);
  if (bytes === null) return failure(422, "content is not valid Base64");
  const secret = await detectIn(call, "", bytes);
  if (secret) return refusedResponse(secret, 422);
  const sha = objectsOf(forge, repository).writeBlob(bytes);
  return json(201, { sha, url: gitUrl(repository, "blobs", sha) });
}

// Annotated tags

function showTag({ forge, repository, params }: RepositoryCall): Response {
  const object = objectsOf(forge, repository).object(params["sha"] as string);
  return object?.type === "tag" ? json(200, tagJson(repository, object.id, object.content)) : notFound();
}

function tagJson(repository: Repository, sha: string, content: Uint8Array): Json {
  const text = toUtf8(content);
  const end = text.indexOf("\n\n");
  const header = (name: string) => new RegExp(`^${name} (.*)$`, "m").exec(text.slice(0, end))?.[1] ?? "";
  const type = header("type");
  return {
    node_id: `T_${sha}`,
    tag: header("tag"),
    sha,
    url: gitUrl(repository, "tags", sha),
    message: text.slice(end + 2).replace(/\n$/, ""),
    tagger: signatureJson(parseSignature(header("tagger"))),
    object: { type, sha: header("object"), url: gitUrl(repository, `${type}s`, header("object")) },
    verification: { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null },
  };
}

function createTag(call: RepositoryCall): Response {
  const { forge, repository, body } = call;
  const objects = objectsOf(forge, repository);
  const { tag, message, object } = body;
  if (
    typeof tag !== "string" ||
    typeof message !== "string" ||
    typeof object !== "string" ||
    /[\n\0]/.test(tag)
  )
    return failure(422, 'Invalid request.\n\n"tag", "message", "object" weren\'t supplied.');
  const target = objects.object(object);
  if (!target || target.type !== (body["type"] ?? "commit")) return failure(422, "Object does not exist");
  const tagger: NewCommit["author"] = personFrom(call, body["tagger"]);
  const text = `object ${object}\ntype ${target.type}\ntag ${tag}\ntagger ${signatureText(tagger)}\n\n${message}\n`;
  const id = objects.write("tag", fromUtf8(text));
  return json(201, tagJson(repository, id, fromUtf8(text)));
}
