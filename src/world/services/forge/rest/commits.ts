/** https://docs.github.com/en/rest/commits/commits. An object that no ref leads to is served too. */
import { createServer } from "just-git/server";
import { readCommit } from "just-git/repo";
import { diskStorage } from "../git/storage.ts";
import { FORGE_ORIGIN } from "../host.ts";
import { repositoryId } from "../model.ts";
import { failure, json, time } from "./answer.ts";
import { onRepository, type RepositoryCall, type Route } from "./route.ts";

export const commitRoutes: readonly Route[] = [
  onRepository("GET", "/commits/{ref}", ["contents", "read"], showCommit),
];

async function showCommit({ forge, repository, params }: RepositoryCall): Promise<Response> {
  const id = repositoryId(repository);
  const storage = diskStorage(forge.disk);
  const wanted = params["ref"] as string;
  const found =
    forge.branch(id, wanted) ??
    (/^[0-9a-f]{4,40}$/.test(wanted) ? (await storage.findObjectsByPrefix(id, wanted))[0] : undefined);
  const object = found === undefined ? null : await storage.getObject(id, found);
  if (found === undefined || object?.type !== "commit")
    return failure(422, `No commit found for SHA: ${wanted}`);
  const repo = await createServer({ storage }).requireRepo(id);
  const commit = await readCommit(repo, found);
  const person = ({ name, email, timestamp }: typeof commit.author) => ({
    name,
    email,
    date: time(timestamp * 1000),
  });
  return json(200, {
    sha: found,
    html_url: `${FORGE_ORIGIN}/${id}/commit/${found}`,
    commit: {
      author: person(commit.author),
      committer: person(commit.committer),
      message: commit.message.replace(/\n$/, ""),
      tree: { sha: commit.tree },
    },
    parents: commit.parents.map((sha) => ({ sha })),
  });
}
