/** Labels of a repository. Those that every repository begins with are there before anybody wrote them down. */
import type { Forge } from "./forge.ts";
import { ISSUES, issueKey, LABELS, type Label } from "./issue.ts";
import { DEFAULT_LABELS } from "./json/issue.ts";
import type { Repository } from "./model.ts";
import { tableName } from "../../../base/tables.ts";

/** Repositories whose labels stand in the table, by number. */
const WRITTEN = tableName<{ readonly repository: number }>("forge/labels-written");

export function labelsOf(forge: Forge, repository: Repository): Label[] {
  const { tables } = forge.ports;
  if (tables.of(WRITTEN).has(String(repository.id)))
    return tables.of(LABELS).filter((label) => label.repository === repository.id);
  return DEFAULT_LABELS.map(([name, color, description], i) => ({
    id: repository.id * 100 + i,
    repository: repository.id,
    name,
    color,
    description,
  }));
}

export function labelOf(forge: Forge, repository: Repository, name: string): Label | undefined {
  return labelsOf(forge, repository).find((label) => label.name.toLowerCase() === name.toLowerCase());
}

/** Adds or replaces a label. */
export function putLabel(
  forge: Forge,
  repository: Repository,
  label: Pick<Label, "name" | "color" | "description">,
): Label {
  writeDown(forge, repository);
  const { tables } = forge.ports;
  const id = labelOf(forge, repository, label.name)?.id ?? tables.next("forge/label", 900_001);
  return tables.of(LABELS).set(labelKey(repository, label.name), { ...label, id, repository: repository.id });
}

/** Takes it off every issue too. */
export function deleteLabel(forge: Forge, repository: Repository, name: string): void {
  writeDown(forge, repository);
  forge.ports.tables.of(LABELS).delete(labelKey(repository, name));
  replaceOnIssues(forge, repository, name, null);
}

export function renameLabel(forge: Forge, repository: Repository, label: Label, to: string): Label {
  writeDown(forge, repository);
  const labels = forge.ports.tables.of(LABELS);
  labels.delete(labelKey(repository, label.name));
  replaceOnIssues(forge, repository, label.name, to);
  return labels.set(labelKey(repository, to), { ...label, name: to });
}

function replaceOnIssues(forge: Forge, repository: Repository, name: string, to: string | null): void {
  const issues = forge.ports.tables.of(ISSUES);
  const put = to === null ? [] : [to];
  for (const issue of issues.filter((it) => it.repository === repository.id && it.labels.includes(name)))
    issues.change(issueKey(issue), { labels: issue.labels.flatMap((it) => (it === name ? put : [it])) });
}

function labelKey(repository: Repository, name: string): string {
  return `${repository.id}/${name}`.toLowerCase();
}

function writeDown(forge: Forge, repository: Repository): void {
  const { tables } = forge.ports;
  if (tables.of(WRITTEN).has(String(repository.id))) return;
  for (const label of labelsOf(forge, repository))
    tables.of(LABELS).set(labelKey(repository, label.name), label);
  tables.of(WRITTEN).set(String(repository.id), { repository: repository.id });
}
