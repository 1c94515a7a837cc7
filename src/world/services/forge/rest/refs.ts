/** https://docs.github.com/en/rest/git/refs */
import type { Json } from "../../../../base/json.ts";
import { isHiddenRef } from "../git/pullRefs.ts";
import { rewrites } from "../git/pushEvent.ts";
import { objectsOf, type Objects, type RefEntry } from "../git/objects.ts";
import { updateRef } from "../git/refUpdate.ts";
import { API } from "../host.ts";
import { repositoryId, type Repository } from "../model.ts";
import { failure, json, list, noContent, notFound } from "./answer.ts";
import { byOf, refusedResponse } from "./ref-refusal.ts";
import { onRepository, type RepositoryCall, type Route } from "./route.ts";

export const refRoutes: readonly Route[] = [
  onRepository("GET", "/git/ref/{ref+}", ["contents", "read"], showRef),
  onRepository("GET", "/git/refs", ["contents", "read"], listRefs),
  onRepository("GET", "/git/refs/{ref+}", ["contents", "read"], showRef),
  onRepository("GET", "/git/matching-refs/{ref+}", ["contents", "read"], listRefs),
  onRepository("POST", "/git/refs", ["contents", "write"], createRef),
  onRepository("PATCH", "/git/refs/{ref+}", ["contents", "write"], changeRef),
  onRepository("DELETE", "/git/refs/{ref+}", ["contents", "write"], deleteRef),
];

function showRef({ forge, repository, params }: RepositoryCall): Response {
  const objects = objectsOf(forge, repository);
  const name = `refs/${params["ref"]}`;
  const id = objects.ref(name);
  return id === null ? notFound() : json(200, refJson(repository, objects, { name, id }));
}

function listRefs(call: RepositoryCall): Response {
  const { forge, repository, params } = call;
  const objects = objectsOf(forge, repository);
  const refs = objects.refs(`refs/${params["ref"] ?? ""}`);
  return list(call, refs, (ref) => refJson(repository, objects, ref));
}

function refJson(repository: Repository, objects: Objects, { name, id }: RefEntry): Json {
  const base = `${API}/repos/${repositoryId(repository)}/git`;
  const type = objects.object(id)?.type ?? "commit";
  return {
    ref: name,
    node_id: `REF_${name}`,
    url: `${base}/${name}`,
    object: { sha: id, type, url: `${base}/${type}s/${id}` },
  };
}

async function createRef(call: RepositoryCall): Promise<Response> {
  const { forge, repository, body } = call;
  const by = byOf(call);
  const { ref, sha } = body;
  if (typeof ref !== "string" || typeof sha !== "string" || by === null)
    return failure(422, 'Invalid request.\n\n"ref", "sha" weren\'t supplied.');
  const objects = objectsOf(forge, repository);
  const problem = nameProblem(objects, ref);
  if (problem !== null) return failure(422, problem);
  if (objects.ref(ref) !== null) return failure(422, "Reference already exists");
  if (!objects.has(sha)) return failure(422, "Object does not exist");
  const refused = await updateRef(forge, by, repository, { ref, before: null, after: sha });
  return refused
    ? refusedResponse(refused, 422)
    : json(201, refJson(repository, objects, { name: ref, id: sha }));
}

/** https://git-scm.com/docs/git-check-ref-format; null where a ref of that name can be made. */
function nameProblem(objects: Objects, ref: string): string | null {
  if (!ref.startsWith("refs/") || ref.split("/").length < 3)
    return "Reference name must contain at least three slash-separated components.";
  const bad =
    // eslint-disable-next-line no-control-regex
    /[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{|\/\/|\/$|\.$/.test(ref) ||
    ref.split("/").some((part) => part.startsWith(".") || part.endsWith(".lock")) ||
    isHiddenRef(ref);
  if (bad) return `${ref} is not a valid ref name.`;
  const clash = objects.refs().some(({ name }) => name.startsWith(`${ref}/`) || ref.startsWith(`${name}/`));
  return clash ? "Reference update failed" : null;
}

async function changeRef(call: RepositoryCall): Promise<Response> {
  const { forge, repository, params, body } = call;
  const by = byOf(call);
  const objects = objectsOf(forge, repository);
  const ref = `refs/${params["ref"]}`;
  const before = objects.ref(ref);
  const { sha, force = false } = body;
  if (before === null || isHiddenRef(ref)) return failure(422, "Reference does not exist");
  if (typeof sha !== "string" || by === null)
    return failure(422, 'Invalid request.\n\n"sha" wasn\'t supplied.');
  if (!objects.has(sha)) return failure(422, "Object does not exist");
  const move = { ref, before, after: sha };
  if (force !== true && rewrites(objects, move)) return failure(422, "Update is not a fast forward");
  const refused = before === sha ? null : await updateRef(forge, by, repository, move);
  return refused
    ? refusedResponse(refused, 422)
    : json(200, refJson(repository, objects, { name: ref, id: sha }));
}

async function deleteRef(call: RepositoryCall): Promise<Response> {
  const { forge, repository, params } = call;
  const by = byOf(call);
  const ref = `refs/${params["ref"]}`;
  const before = objectsOf(forge, repository).ref(ref);
  if (before === null || by === null || isHiddenRef(ref)) return failure(422, "Reference does not exist");
  if (ref === `refs/heads/${repository.defaultBranch}`)
    return failure(422, "Cannot delete the default branch");
  const refused = await updateRef(forge, by, repository, { ref, before, after: null });
  return refused ? refusedResponse(refused, 422) : noContent();
}
