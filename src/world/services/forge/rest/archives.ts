/**
 * A repository's files at a ref as one download.
 * https://docs.github.com/en/rest/repos/contents#download-a-repository-archive-zip
 * https://docs.github.com/en/repositories/working-with-files/using-files/downloading-source-code-archives
 */
import { isSigned, signed } from "../actions/download.ts";
import { archiveOf, type ArchiveFormat } from "../git/archive.ts";
import { objectsOf } from "../git/objects.ts";
import { FORGE_ORIGIN } from "../host.ts";
import { repositoryId, type Repository } from "../model.ts";
import { notFound } from "./answer.ts";
import { audited } from "./audited.ts";
import { onRepository, onSite, type Call, type RepositoryCall, type Route } from "./route.ts";

export const archiveRoutes: readonly Route[] = [
  onRepository("GET", "/zipball", ["contents", "read"], (call) => redirect(call, "zip")),
  onRepository("GET", "/zipball/{ref+}", ["contents", "read"], (call) => redirect(call, "zip")),
  onRepository("GET", "/tarball", ["contents", "read"], (call) => redirect(call, "tar.gz")),
  onRepository("GET", "/tarball/{ref+}", ["contents", "read"], (call) => redirect(call, "tar.gz")),
  onSite("GET", "/_codeload/{owner}/{repo}/legacy.zip/{ref+}", "anyone", (call) => download(call, "zip")),
  onSite("GET", "/_codeload/{owner}/{repo}/legacy.tar.gz/{ref+}", "anyone", (call) =>
    download(call, "tar.gz"),
  ),
];

function redirect(call: RepositoryCall, format: ArchiveFormat): Response {
  const { forge, repository } = call;
  const ref = call.params["ref"] || `refs/heads/${repository.defaultBranch}`;
  if (objectsOf(forge, repository).resolveCommit(ref) === null) return notFound();
  const id = repositoryId(repository);
  if (format === "zip") audited(call, "repo.download_zip", id);
  const encoded = ref.split("/").map(encodeURIComponent).join("/");
  const query =
    repository.visibility === "public" ? "" : `?${signed(forge, signedName(repository, format, ref))}`;
  const location = `${FORGE_ORIGIN}/_codeload/${id}/legacy.${format}/${encoded}${query}`;
  return new Response(null, { status: 302, headers: { Location: location } });
}

/** Whoever got the address of a private repository's archive has it for as long as it holds. */
function download({ forge, params, url }: Call, format: ArchiveFormat): Response {
  const repository = forge.find(`${params["owner"]}/${params["repo"]}`);
  const ref = params["ref"] as string;
  const open =
    repository?.visibility === "public" ||
    (repository && isSigned(forge, signedName(repository, format, ref), url.searchParams));
  if (!repository || !open) return notFound();
  const objects = objectsOf(forge, repository);
  const id = objects.resolveCommit(ref);
  const commit = id === null ? null : objects.commit(id);
  if (!commit) return notFound();
  const name = `${repository.owner}-${repository.name}-${commit.id.slice(0, 7)}`;
  return new Response(archiveOf(objects, commit, name, format) as BodyInit, {
    headers: {
      "Content-Type": format === "zip" ? "application/zip" : "application/x-gzip",
      "Content-Disposition": `attachment; filename=${name}.${format}`,
    },
  });
}

function signedName(repository: Repository, format: ArchiveFormat, ref: string): string {
  return `archive/${repositoryId(repository)}/${format}/${ref}`;
}
