/** The `[branch "name"]` section of the repository's configuration. */
import { removeSection, renameSection, setConfig, unsetConfig } from "../lib/config.ts";
import type { Repository } from "../lib/repository.ts";

async function change(repo: Repository, edit: (text: string) => string | null): Promise<void> {
  const path = `${repo.gitDir}/config`;
  const before = (await repo.fs.exists(path)) ? await repo.fs.readFile(path) : "";
  const after = edit(before);
  if (after !== null && after !== before) await repo.fs.writeFile(path, after);
}

export function unsetBranchSection(repo: Repository, name: string): Promise<void> {
  return change(repo, (text) => removeSection(text, `branch.${name}`));
}

export function renameBranchSection(repo: Repository, from: string, to: string): Promise<void> {
  return change(repo, (text) => renameSection(text, `branch.${from}`, `branch.${to}`));
}

export function copyBranchSection(repo: Repository, from: string, to: string): Promise<void> {
  const values = repo.config.entries.filter(
    (entry) => entry.scope === "local" && entry.key.startsWith(`branch.${from}.`),
  );
  return change(repo, (text) =>
    values.reduce(
      (at, { key, value }) =>
        setConfig(at, `branch.${to}.${key.slice(key.lastIndexOf(".") + 1)}`, value ?? "true", { add: true }),
      text,
    ),
  );
}

export function setBranchUpstream(
  repo: Repository,
  name: string,
  remote: string,
  merge: string,
): Promise<void> {
  return change(repo, (text) =>
    setConfig(setConfig(text, `branch.${name}.remote`, remote), `branch.${name}.merge`, merge),
  );
}

export function unsetBranchUpstream(repo: Repository, name: string): Promise<void> {
  return change(repo, (text) =>
    unsetConfig(unsetConfig(text, `branch.${name}.remote`), `branch.${name}.merge`),
  );
}
