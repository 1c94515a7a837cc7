/**
 * Pages of the web that programs read: a file as it is, a commit as a patch. A commit that only a fork got is shown too.
 * https://docs.github.com/en/repositories/working-with-files/using-files/viewing-and-understanding-files
 */
import { diffTrees } from "../git/diff.ts";
import { objectsOf } from "../git/objects.ts";
import type { Repository } from "../model.ts";
import { notFound } from "./answer.ts";
import { diffText } from "./diff-text.ts";
import { onSite, type Call, type Route } from "./route.ts";

export const rawRoutes: readonly Route[] = [
  onSite("GET", "/{owner}/{repo}/raw/{rest+}", "anyone", rawFile),
  onSite("GET", "/{owner}/{repo}/commit/{file}", "anyone", commitPage),
];

function readable({ forge, identity, params }: Call): Repository | null {
  const repository = forge.find(`${params["owner"]}/${params["repo"]}`);
  return repository && forge.allows(identity, repository, "contents", "read") ? repository : null;
}

/** Where the ref ends and the path begins is seen by what there is. */
function rawFile(call: Call): Response {
  const repository = readable(call);
  if (!repository) return notFound();
  const objects = objectsOf(call.forge, repository);
  const parts = (call.params["rest"] as string).split("/");
  for (let end = 1; end < parts.length; end++) {
    const commit = objects.resolveCommit(parts.slice(0, end).join("/"));
    const bytes = commit === null ? null : objects.file(commit, parts.slice(end).join("/"));
    if (bytes)
      return new Response(bytes as BodyInit, { headers: { "Content-Type": "text/plain; charset=utf-8" } });
  }
  return notFound();
}

function commitPage(call: Call): Response {
  const repository = readable(call);
  const [, name = "", kind = ""] =
    /^([0-9a-f]{4,40})\.(diff|patch)$/.exec(call.params["file"] as string) ?? [];
  if (!repository || name === "") return notFound();
  const objects = objectsOf(call.forge, repository);
  const id = objects.resolveCommit(name);
  const commit = id === null ? null : objects.commit(id);
  if (!commit) return notFound();
  const diff = diffText(diffTrees(objects, commit.parents[0] ?? null, commit.id));
  const { author, message } = commit;
  const [subject = "", ...rest] = message.split("\n");
  const head = `From ${commit.id} Mon Sep 17 00:00:00 2001\nFrom: ${author.name} <${author.email}>\nDate: ${new Date(author.atMs).toUTCString().replace("GMT", "+0000")}\nSubject: [PATCH] ${subject}\n${rest.join("\n")}\n---\n\n`;
  return new Response(kind === "patch" ? head + diff : diff, {
    headers: { "Content-Type": "text/plain; charset=utf-8" },
  });
}
